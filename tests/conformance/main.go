// conformance runs our programs and every kubectl given against real kube-apiservers, and prints a table. run.sh
// builds and finds what it needs.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// options are the command line.
type options struct {
	sandbox, programs, informer, etcd, faketime, folder string
	kubectls, servers, skipped                          pairs
}

// pairs is a repeated flag NAME=VALUE.
type pairs [][2]string

func (p *pairs) String() string { return "" }

func (p *pairs) Set(text string) error {
	name, value, isPair := strings.Cut(text, "=")
	if !isPair {
		return fmt.Errorf("%s: is not NAME=VALUE", text)
	}
	*p = append(*p, [2]string{name, value})
	return nil
}

func parseOptions() (o options) {
	flag.StringVar(&o.sandbox, "sandbox", "", "the program of tests/sandbox")
	flag.StringVar(&o.programs, "programs", "", "folder with credential_provider and kubeconfig_writer")
	flag.StringVar(&o.informer, "informer", "", "the program of informer/")
	flag.StringVar(&o.etcd, "etcd", "", "etcd")
	flag.StringVar(&o.faketime, "faketime", "", "libfaketime, if there is one")
	flag.StringVar(&o.folder, "folder", "", "an empty folder")
	flag.Var(&o.kubectls, "kubectl", "MINOR=PATH of a kubectl; repeated")
	flag.Var(&o.servers, "server", "VERSION=PATH of a kube-apiserver; repeated")
	flag.Var(&o.skipped, "skipped", "WHAT=REASON of what could not be had; repeated")
	flag.Parse()
	return o
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	isPassed, err := run(ctx, parseOptions())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance: error:", err)
	}
	if err != nil || !isPassed {
		os.Exit(1)
	}
}
