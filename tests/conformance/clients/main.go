// clients runs programs written with the Kubernetes clients of several languages against a sandbox, and against a real
// kube-apiserver when one is given, and prints a table of clients and situations. run.sh builds the programs.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"credential_provider/tests/conformance/report"
)

const longestRun = 20 * time.Minute

type options struct {
	sandbox, programs, folder, etcd, server string
	quick                                   bool
	clients, skipped                        pairs
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
	flag.StringVar(&o.folder, "folder", "", "an empty folder")
	flag.StringVar(&o.etcd, "etcd", "", "etcd, for -server")
	flag.StringVar(&o.server, "server", "", "a kube-apiserver, if there is one")
	flag.BoolVar(&o.quick, "quick", false, "only what waits for no certificate's end")
	flag.Var(&o.clients, "client", "NAME=PROGRAM; repeated")
	flag.Var(&o.skipped, "skipped", "WHAT=REASON of what could not be had; repeated")
	flag.Parse()
	return o
}

func run(ctx context.Context, o options) (isPassed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, longestRun)
	defer cancel()
	outcomes := &report.Report{}
	var jobs []job
	for _, start := range []func(context.Context, options) (*world, error){startSandboxes, startServer} {
		world, err := start(ctx, o)
		if err != nil {
			return false, err
		}
		if world != nil {
			defer world.stop()
			jobs = append(jobs, world.jobs(ctx, o, outcomes)...)
		}
	}
	runAll(jobs, outcomes)
	for _, skipped := range o.skipped {
		outcomes.Skip(skipped[0], skipped[1])
	}
	return outcomes.Print(os.Stdout), ctx.Err()
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	isPassed, err := run(ctx, parseOptions())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "clients: error:", err)
	}
	if err != nil || !isPassed {
		os.Exit(1)
	}
}
