// no_proxy compares our reading of NO_PROXY with Go's own, over lists made of the entries that people write. -decide
// names our program, which answers a line LIST<tab>HOST<tab>PORT with "past" or "through".
package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

var entries = []string{
	"", " ", "*", "*.", ".", "*.example.com", ".example.com", "example.com", "EXAMPLE.com", "example.com.", "*example.com",
	"cs.*.com", "com", ".com:443", "example.com:443", "*.example.com:8443", "example.com:", ":443", "a:b:c", "[::1]",
	"10.0.0.0/8", "10.1.2.3/16", "10.0.0.0/33", "10.0.0.0/", "0.0.0.0/0", "10.1.2.3", "10.1.2.3:443", "010.1.2.3", "2.3",
	"2001:db8::/32", "2001:db8::1", "[2001:db8::1]:443", "[2001:db8::1]:8443", "[2001:db8::1]", "::/0", "::ffff:10.0.0.0/104",
	"::ffff:10.1.2.3", "cs.example.com example.org", "http://example.com", "[example.com]:443", "a]b:443", "localhost",
}

var hosts = []string{
	"example.com", "cs.example.com", "CS.Example.COM", "a.cs.example.com", "notexample.com", "example.com.", "example.org", "com",
	"localhost", "localhost.example.com", "10.1.2.3", "10.200.0.1", "192.0.2.1", "127.0.0.1", "127.9.9.9", "2001:db8::1",
	"2001:db8:ffff::2", "2001:db9::1", "::1", "::ffff:10.1.2.3", "::ffff:127.0.0.1",
}

type question struct{ list, host, port string }

func questions() (asked []question) {
	random := rand.New(rand.NewSource(1))
	pick := func(from []string) string { return from[random.Intn(len(from))] }
	separators := []string{",", ",", " , ", ",,", " "}
	for _, entry := range entries {
		for _, host := range hosts {
			asked = append(asked, question{entry, host, "443"}, question{entry, host, "8443"})
		}
	}
	for i := 0; i < 2000; i++ {
		list := pick(entries)
		for n := random.Intn(4); n > 0; n-- {
			list += pick(separators) + pick(entries)
		}
		asked = append(asked, question{list, pick(hosts), pick([]string{"443", "8443"})})
	}
	return asked
}

func (q question) ofGo() string {
	config := httpproxy.Config{HTTPSProxy: "http://proxy.example:3128", NoProxy: q.list}
	proxy, err := config.ProxyFunc()(&url.URL{Scheme: "https", Host: net.JoinHostPort(q.host, q.port)})
	if err == nil && proxy == nil {
		return "past"
	}
	return "through"
}

func main() {
	decide := flag.String("decide", "", "our program")
	flag.Parse()
	var lines bytes.Buffer
	asked := questions()
	for _, q := range asked {
		fmt.Fprintf(&lines, "%s\t%s\t%s\n", q.list, q.host, q.port)
	}
	command := exec.Command(*decide)
	command.Stdin = &lines
	out, err := command.Output()
	answers := strings.Fields(string(out))
	if err != nil || len(answers) != len(asked) {
		fmt.Fprintf(os.Stderr, "no_proxy: error: %d answers to %d questions: %v\n", len(answers), len(asked), err)
		os.Exit(1)
	}
	failed := 0
	for i, q := range asked {
		if want := q.ofGo(); answers[i] != want {
			failed++
			fmt.Printf("NO_PROXY=%q, %s port %s: Go goes %s, we go %s\n", q.list, q.host, q.port, want, answers[i])
		}
	}
	fmt.Printf("%d passed, %d failed, 0 skipped\n", len(asked)-failed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
