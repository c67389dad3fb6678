package main

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"credential_provider/tests/conformance/client"
	"credential_provider/tests/conformance/rows"
)

const (
	many = 20
	// Nothing younger than a minute is taken for refused.
	untilTakenForRefused = 62 * time.Second
	untilEnded           = shortLife + 2*time.Second
)

// situation is a column of the table.
type situation struct {
	name     string
	run      func(*trial) error
	wait     time.Duration
	atServer bool // tells something of a real API server that the sandbox does not
}

var situations = []situation{
	{name: "first start, silent", run: firstStart, atServer: true},
	{name: "second: no request", run: secondStart, atServer: true},
	{name: "20 at once: one", run: manyAtOnce, atServer: true},
	{name: "`v1beta1`", run: olderVersion, atServer: true},
	{name: "`ack-token`", run: token, atServer: true},
	{name: "wrong secret: told, asked once", run: wrongSecret},
	{name: "renewing fails: goes on", run: renewingFails},
	{name: "a minute later: no request", run: livesOn, wait: untilTakenForRefused},
	{name: "refused: the next process", run: refusedNextProcess, wait: untilTakenForRefused},
	{name: "refused: a new client", run: refusedNewClient, wait: untilTakenForRefused},
	{name: "later, another process: no request", run: warmStart, wait: untilTakenForRefused},
	{name: "lives past the end", run: livesPastEnd, wait: untilEnded, atServer: true},
	{name: "a new client after the end", run: newClientAfterEnd, wait: untilEnded, atServer: true},
}

// withoutEnds leaves out what waits for a certificate's end.
func withoutEnds(all []situation) (some []situation) {
	return all[:len(all)-2]
}

func atServer(all []situation) (some []situation) {
	for _, situation := range all {
		if situation.atServer {
			some = append(some, situation)
		}
	}
	return some
}

// atOnce does work so many times, all at once.
func atOnce(count int, work func() error) error {
	failures := make([]error, count)
	var runs sync.WaitGroup
	for i := range count {
		runs.Go(func() { failures[i] = work() })
	}
	runs.Wait()
	return errors.Join(failures...)
}

func firstStart(t *trial) error {
	home, err := t.home(t.world.steady, "ack")
	if err != nil {
		return err
	}
	return issues(home, 1, func() error { return t.lists(home) })
}

func secondStart(t *trial) error {
	home, err := t.home(t.world.steady, "ack")
	if err != nil {
		return err
	}
	return issues(home, 1, func() error { return errors.Join(t.lists(home), t.lists(home)) })
}

func manyAtOnce(t *trial) error {
	home, err := t.home(t.world.steady, "ack")
	if err != nil {
		return err
	}
	return issues(home, 1, func() error { return atOnce(many, func() error { return t.lists(home) }) })
}

func olderVersion(t *trial) error {
	home, err := t.home(t.world.steady, "ack", "--api-version", "v1beta1")
	if err != nil {
		return err
	}
	return t.lists(home)
}

func token(t *trial) error {
	home, err := t.home(t.world.steady, "ack-token")
	if err != nil {
		return err
	}
	return issues(home, 0, func() error { return t.lists(home) })
}

// The user is told what is wrong, and two processes with all their starts make one request.
func wrongSecret(t *trial) error {
	home, err := t.home(t.world.steady, "ack")
	if err != nil {
		return err
	}
	home.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrong")
	before, err := home.Requests()
	if err != nil {
		return err
	}
	if err := atOnce(2, func() error { return t.isToldOf(home, "SignatureDoesNotMatch") }); err != nil {
		return err
	}
	after, err := home.Requests()
	if err == nil && after-before != 1 {
		err = fmt.Errorf("%d requests, not 1", after-before)
	}
	return err
}

func (t *trial) isToldOf(home *client.Home, code string) error {
	result := home.Run(t.program)
	if result.Status == 0 || !strings.Contains(result.Stdout+result.Stderr, code) {
		return said(result)
	}
	return nil
}

// A certificate that is due and cannot be renewed is served with a warning, which no client may stumble over.
func renewingFails(t *trial) error {
	home, err := t.home(t.world.due, "ack", "--endpoint-type", "private")
	if err != nil {
		return err
	}
	if err := t.lists(home); err != nil {
		return err
	}
	if err := t.world.due.Refuse(home.AccessKeyID); err != nil {
		return err
	}
	result := home.Run(t.program)
	if result.Status != 0 || !strings.HasPrefix(result.Stdout, "ok ") {
		return said(result)
	}
	return nil
}

// refuse makes the API server refuse all certificates that the home has, once they are taken for refusable.
func (t *trial) refuse(home *client.Home) error {
	if err := t.sleep(untilTakenForRefused); err != nil {
		return err
	}
	return t.world.steady.Revoke(home.AccessKeyID)
}

// The process that meets the 401 may fail; the next works.
func refusedNextProcess(t *trial) error {
	home, err := t.ownHome()
	if err != nil {
		return err
	}
	if err := t.lists(home); err != nil {
		return err
	}
	if err := t.refuse(home); err != nil {
		return err
	}
	if reason := limitsOf(t.client).keepsRefused; reason != "" {
		return lacks(reason, issues(home, 1, func() error { home.Run(t.program); return t.lists(home) }))
	}
	return issues(home, 1, func() error { home.Run(t.program); return t.lists(home) })
}

// A process that makes a new client after a 401 gets another certificate.
func refusedNewClient(t *trial) error {
	home, err := t.ownHome()
	if err != nil {
		return err
	}
	session, err := startSession(t.ctx, home, t.program)
	if err != nil {
		return err
	}
	defer session.end()
	if err := session.tell("list"); err != nil {
		return err
	}
	if err := t.refuse(home); err != nil {
		return err
	}
	return issues(home, 1, func() error {
		session.tell("list")
		if err := t.sleep(time.Second); err != nil {
			return err
		}
		return session.tell("new")
	})
}

// Who starts the plugin for each request is taken for refused, once.
func livesOn(t *trial) error {
	home, err := t.home(t.world.steady, "ack")
	if err != nil {
		return err
	}
	session, err := startSession(t.ctx, home, t.program)
	if err != nil {
		return err
	}
	defer session.end()
	if err := session.tell("list"); err != nil {
		return err
	}
	if err := t.sleep(untilTakenForRefused); err != nil {
		return err
	}
	listThrice := func() error { return errors.Join(session.tell("list"), session.tell("list"), session.tell("list")) }
	if reason := limitsOf(t.client).startsOften; reason != "" {
		if err := issues(home, 1, listThrice); err != nil {
			return err
		}
		return rows.NotApplicable(reason)
	}
	return issues(home, 0, listThrice)
}

// What is older than a minute is not taken for refused by how often a client starts the plugin.
func warmStart(t *trial) error {
	home, err := t.home(t.world.steady, "ack")
	if err != nil {
		return err
	}
	if err := t.lists(home); err != nil {
		return err
	}
	if err := t.sleep(untilTakenForRefused); err != nil {
		return err
	}
	return issues(home, 0, func() error { return errors.Join(t.lists(home), t.lists(home)) })
}

// A client that lives longer than its certificate asks for another.
func livesPastEnd(t *trial) error {
	home, err := t.shortHome()
	if err != nil {
		return err
	}
	outcome := t.pastEnd(home, "list")
	if reason := limitsOf(t.client).keepsEnded; reason != "" {
		return lacks(reason, outcome)
	}
	return outcome
}

func newClientAfterEnd(t *trial) error {
	home, err := t.shortHome()
	if err != nil {
		return err
	}
	return t.pastEnd(home, "new")
}

// pastEnd lists, waits until the certificate has ended, and then does as command says, for which one certificate is
// issued, or a few when the client asks several times.
func (t *trial) pastEnd(home *client.Home, command string) error {
	session, err := startSession(t.ctx, home, t.program)
	if err != nil {
		return err
	}
	defer session.end()
	if err := session.tell("list"); err != nil {
		return err
	}
	if err := t.sleep(untilEnded); err != nil {
		return err
	}
	return session.tell(command)
}
