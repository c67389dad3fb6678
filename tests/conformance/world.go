package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"credential_provider/tests/conformance/authenticator"
	"credential_provider/tests/conformance/client"
	"credential_provider/tests/conformance/cluster"
	"credential_provider/tests/conformance/report"
	"credential_provider/tests/conformance/rows"
	"credential_provider/tests/conformance/sandbox"
)

// world is a kube-apiserver with its sandboxes.
type world struct {
	version       string
	folder        string
	server        *cluster.Server
	steady, short *sandbox.Sandbox
	err           error // why it cannot be used
}

// startWorlds starts one for each kube-apiserver, side by side.
func startWorlds(ctx context.Context, supervisor *cluster.Supervisor, o options, etcd string) []*world {
	worlds := make([]*world, len(o.servers))
	var starting sync.WaitGroup
	for i, server := range o.servers {
		worlds[i] = &world{version: server[0], folder: filepath.Join(o.folder, server[0])}
		starting.Go(func() { worlds[i].err = worlds[i].start(ctx, supervisor, o.sandbox, server[1], etcd) })
	}
	starting.Wait()
	return worlds
}

func (w *world) start(ctx context.Context, supervisor *cluster.Supervisor, sandboxProgram, program, etcd string) (err error) {
	if err := os.MkdirAll(w.folder, 0o700); err != nil {
		return err
	}
	if w.steady, err = sandbox.Start(sandboxProgram, filepath.Join(w.folder, "steady"), longestRun); err != nil {
		return err
	}
	if w.short, err = sandbox.Start(sandboxProgram, filepath.Join(w.folder, "short"), longestRun); err != nil {
		return err
	}
	webhook, err := startWebhook(w.steady)
	if err != nil {
		return err
	}
	w.server, err = supervisor.StartServer(cluster.Options{Program: program, Folder: filepath.Join(w.folder, "server"),
		Etcd: etcd, EtcdPrefix: w.version, Webhook: webhook, Steady: w.steady, Short: w.short})
	if err != nil {
		return err
	}
	return w.bind(ctx)
}

func (w *world) title() string { return "kube-apiserver " + w.version }

func (w *world) stop() {
	for _, sandbox := range []*sandbox.Sandbox{w.steady, w.short} {
		if sandbox != nil {
			sandbox.Stop()
		}
	}
}

// startWebhook serves the verifier of tokens until this program ends.
func startWebhook(cloud *sandbox.Sandbox) (address string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(listener, &authenticator.Webhook{ClusterID: client.ClusterID, STS: cloud.Cloud,
		Mappings: map[string]authenticator.Identity{"acs:ram::1000000000000001:user/added": {Username: rows.MappedUser}}})
	return "http://" + listener.Addr().String(), nil
}

// bind lets the users of all homes read, by certificate and by token.
func (w *world) bind(ctx context.Context) error {
	if _, err := w.server.BindReader(ctx, rows.MappedUser); err != nil {
		return err
	}
	return w.server.BindReaderAhead(ctx, client.AddedUserID, longestRun)
}

// begin announces the tables of this world, prepares its rows, and returns what is to be run.
func (w *world) begin(ctx context.Context, o options, outcomes *report.Report) (jobs []job) {
	title := w.title()
	var names, columns []string
	for _, row := range rows.PerKubectl {
		names = append(names, row.Name)
	}
	for _, kubectl := range o.kubectls {
		columns = append(columns, "1."+kubectl[0])
		trial := w.trial(ctx, o, kubectl[0], kubectl[1])
		for _, row := range rows.PerKubectl {
			jobs = append(jobs, job{title: title, column: "1." + kubectl[0], row: row, trial: trial})
		}
	}
	outcomes.AddTable(title, names, columns)
	jobs = append(jobs, w.perServer(ctx, o, outcomes)...)
	w.err = w.prepare(jobs)
	return jobs
}

// perServer announces the rows that need no particular kubectl.
func (w *world) perServer(ctx context.Context, o options, outcomes *report.Report) (jobs []job) {
	title := w.title() + ", without regard to kubectl"
	newest := o.kubectls[len(o.kubectls)-1]
	trial := w.trial(ctx, o, newest[0], newest[1])
	trial.Folder += "-server"
	trial.Note = func(text string) { outcomes.Note(w.title() + ": " + text) }
	var names []string
	for _, row := range rows.PerServer(o.informer) {
		names = append(names, row.Name)
		jobs = append(jobs, job{title: title, column: w.version, row: row, trial: trial})
	}
	outcomes.AddTable(title, names, []string{w.version})
	return jobs
}

func (w *world) trial(ctx context.Context, o options, minor, kubectl string) *rows.Trial {
	client, _ := strconv.Atoi(minor)
	server, _ := strconv.Atoi(strings.Split(w.version, ".")[1])
	return &rows.Trial{Context: ctx, Server: w.server, Minor: server, Kubectl: kubectl, Client: client, Steady: w.steady,
		Short: w.short, Programs: o.programs, Faketime: o.faketime, Folder: filepath.Join(w.folder, "kubectl-"+minor)}
}

// prepare runs the preparations of jobs while Container Service signs with a CA that the cluster does not know, and
// then sets the sandboxes to what the rows expect.
func (w *world) prepare(jobs []job) error {
	trial := jobs[0].trial
	home, err := client.NewHome(filepath.Join(w.folder, "prepare"), trial.Programs, trial.Kubectl, w.steady)
	if err != nil {
		return err
	}
	strange, err := rows.StrangeKubeconfig(home, w.steady, w.server.SteadyAddress)
	if err != nil {
		return err
	}
	if err := w.steady.Configure(map[string]any{"config_text": strange}); err != nil {
		return err
	}
	var preparing sync.WaitGroup
	for i := range jobs {
		if jobs[i].row.Prepare != nil {
			preparing.Go(func() { jobs[i].prepared = jobs[i].row.Prepare(jobs[i].trial) })
		}
	}
	preparing.Wait()
	if err := w.steady.Configure(map[string]any{"server": w.server.SteadyAddress}); err != nil {
		return err
	}
	return w.short.Configure(map[string]any{"server": w.server.ShortAddress, "server_ca": w.server.CA,
		"lifetime_s": int(rows.ShortLife.Seconds())})
}
