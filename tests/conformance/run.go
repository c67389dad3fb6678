package main

import (
	"context"
	"os"
	"sync"
	"time"

	"credential_provider/tests/conformance/cluster"
	"credential_provider/tests/conformance/report"
	"credential_provider/tests/conformance/rows"
)

const (
	longestRun = 10 * time.Minute
	// Rows that do not wait run this many at a time, so that none is late for lack of a processor.
	atOnce = 3
)

func run(ctx context.Context, o options) (isPassed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, longestRun)
	defer cancel()
	supervisor := cluster.NewSupervisor(ctx)
	defer supervisor.Stop()
	etcd, err := supervisor.StartEtcd(o.etcd, o.folder)
	if err != nil {
		return false, err
	}
	outcomes := &report.Report{}
	var jobs []job
	for _, world := range startWorlds(ctx, supervisor, o, etcd) {
		defer world.stop()
		if world.err == nil {
			jobs = append(jobs, world.begin(ctx, o, outcomes)...)
		}
		if world.err != nil {
			outcomes.Add(world.title(), "starts", world.version, world.err)
		}
	}
	runAll(jobs, outcomes)
	for _, skipped := range o.skipped {
		outcomes.Skip(skipped[0], skipped[1])
	}
	return outcomes.Print(os.Stdout), ctx.Err()
}

// job is a row for one trial, and where its outcome goes.
type job struct {
	title, column string
	row           rows.Row
	trial         *rows.Trial
	prepared      error
}

func (j job) run(outcomes *report.Report) {
	outcome := j.prepared
	if outcome == nil {
		outcome = j.row.Run(j.trial)
	}
	outcomes.Add(j.title, j.row.Name, j.column, outcome)
}

// runAll runs what waits all at once, and the others beside it, a few at a time.
func runAll(jobs []job, outcomes *report.Report) {
	var running sync.WaitGroup
	working := make(chan job)
	for range atOnce {
		running.Go(func() {
			for job := range working {
				job.run(outcomes)
			}
		})
	}
	for _, job := range jobs {
		if job.row.Waits {
			running.Go(func() { job.run(outcomes) })
		}
	}
	for _, job := range jobs {
		if !job.row.Waits {
			working <- job
		}
	}
	close(working)
	running.Wait()
}
