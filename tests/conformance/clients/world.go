package main

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"credential_provider/tests/conformance/authenticator"
	"credential_provider/tests/conformance/client"
	"credential_provider/tests/conformance/cluster"
	"credential_provider/tests/conformance/report"
	"credential_provider/tests/conformance/sandbox"
)

const (
	sideBySide = 2
	// Little more than what is still worth an expiry for the client.
	shortLife = 123 * time.Second
	// Less than what a fresh certificate has left: each run renews it.
	dueLife    = 170 * time.Second
	mappedUser = "ram-added"
)

// world is an API server with the sandboxes that play Alibaba Cloud for it.
type world struct {
	title              string
	steady, short, due *sandbox.Sandbox // whose certificates live as long as asked, for shortLife, and for dueLife
	situations         []situation
	supervisor         *cluster.Supervisor
}

func (w *world) stop() {
	for _, sandbox := range []*sandbox.Sandbox{w.steady, w.short, w.due} {
		if sandbox != nil {
			sandbox.Stop()
		}
	}
	if w.supervisor != nil {
		w.supervisor.Stop()
	}
}

// startSandboxes starts a world whose API server is the sandbox's own.
func startSandboxes(ctx context.Context, o options) (w *world, err error) {
	w = &world{title: "sandbox", situations: situations}
	if o.quick {
		w.situations = withoutEnds(situations)
	}
	if err := w.start(o, "sandbox"); err != nil {
		return nil, err
	}
	return w, w.shorten(nil)
}

func (w *world) start(o options, name string) (err error) {
	for file, place := range map[string]**sandbox.Sandbox{"steady": &w.steady, "short": &w.short, "due": &w.due} {
		if *place, err = sandbox.Start(o.sandbox, filepath.Join(o.folder, name, file), longestRun); err != nil {
			return err
		}
	}
	return nil
}

// shorten sets the lives of the certificates. Server is a real API server, or nil.
func (w *world) shorten(server *cluster.Server) error {
	for sandbox, life := range map[*sandbox.Sandbox]time.Duration{w.short: shortLife, w.due: dueLife} {
		settings := map[string]any{"lifetime_s": int(life.Seconds())}
		if server != nil {
			settings["server"], settings["server_ca"] = server.ShortAddress, server.CA
		}
		if err := sandbox.Configure(settings); err != nil {
			return err
		}
	}
	return nil
}

// startServer starts a world with the kube-apiserver that the options name; nil if they name none.
func startServer(ctx context.Context, o options) (w *world, err error) {
	if o.server == "" {
		return nil, nil
	}
	folder := filepath.Join(o.folder, "server")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	w = &world{title: "kube-apiserver", situations: atServer(situations), supervisor: cluster.NewSupervisor(ctx)}
	if err := w.start(o, "server"); err != nil {
		return nil, err
	}
	etcd, err := w.supervisor.StartEtcd(o.etcd, folder)
	if err != nil {
		return nil, err
	}
	webhook, err := startWebhook(w.steady)
	if err != nil {
		return nil, err
	}
	server, err := w.supervisor.StartServer(cluster.Options{Program: o.server, Folder: filepath.Join(folder, "kube"),
		Etcd: etcd, EtcdPrefix: "clients", Webhook: webhook, Steady: w.steady, Short: w.short})
	if err != nil {
		return nil, err
	}
	if _, err := server.BindReader(ctx, mappedUser); err != nil {
		return nil, err
	}
	if err := server.BindReaderAhead(ctx, client.AddedUserID, 25*time.Minute); err != nil {
		return nil, err
	}
	if err := w.steady.Configure(map[string]any{"server": server.SteadyAddress}); err != nil {
		return nil, err
	}
	return w, w.shorten(server)
}

func startWebhook(cloud *sandbox.Sandbox) (address string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(listener, &authenticator.Webhook{ClusterID: client.ClusterID, STS: cloud.Cloud,
		Mappings: map[string]authenticator.Identity{"acs:ram::1000000000000001:user/added": {Username: mappedUser}}})
	return "http://" + listener.Addr().String(), nil
}

// job is a situation for one client, and where its outcome goes.
type job struct {
	title     string
	situation situation
	trial     *trial
}

func (w *world) jobs(ctx context.Context, o options, outcomes *report.Report) (jobs []job) {
	var rows, columns []string
	for _, situation := range w.situations {
		columns = append(columns, situation.name)
	}
	for _, given := range o.clients {
		rows = append(rows, given[0])
		for i, situation := range w.situations {
			trial := &trial{ctx: ctx, client: given[0], program: given[1], world: w, programs: o.programs,
				folder: filepath.Join(o.folder, "homes", w.title, strings.ReplaceAll(given[0], " ", "_"), columnFolder(i))}
			jobs = append(jobs, job{w.title, situation, trial})
		}
	}
	outcomes.AddTable(w.title, rows, columns)
	return jobs
}

func columnFolder(i int) string { return string(rune('a' + i)) }

func (j job) run(outcomes *report.Report) {
	outcomes.Add(j.title, j.trial.client, j.situation.name, j.situation.run(j.trial))
}

// working has a place for each job that does anything but wait, so that none is late for lack of a processor.
var working = make(chan struct{}, sideBySide)

// runAll runs all jobs side by side. Those that wait for something take no place meanwhile; they begin first.
func runAll(jobs []job, outcomes *report.Report) {
	slices.SortStableFunc(jobs, func(a, b job) int { return cmp.Compare(b.situation.wait, a.situation.wait) })
	var running sync.WaitGroup
	for _, job := range jobs {
		working <- struct{}{}
		running.Go(func() {
			defer func() { <-working }()
			job.run(outcomes)
		})
	}
	running.Wait()
}
