package rows

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"credential_provider/tests/conformance/client"
)

// MappedUser is whom the webhook takes the users of homes for.
const MappedUser = "ram-added"

var ackUser = regexp.MustCompile(`^` + client.AddedUserID + `-\d{10}$`)

func getNamespaces(t *Trial) error {
	home, err := t.installed("get")
	if err != nil {
		return err
	}
	if err := expectMints(home, 1, func() error { return showsNamespaces(home) }); err != nil {
		return fmt.Errorf("first run: %w", err)
	}
	return expectMints(home, 0, func() error { return showsNamespaces(home) })
}

// The certificate by which install learned of the cluster is the one that kubectl then presents.
func warmAfterInstall(t *Trial) error {
	home, err := t.home("warm")
	if err != nil {
		return err
	}
	return expectMints(home, 1, func() error {
		return errors.Join(home.InstallWarm("ack", client.ClusterID), showsNamespaces(home))
	})
}

func getNamespacesV1beta1(t *Trial) error {
	home, err := t.installed("v1beta1", "--api-version", "v1beta1")
	if err != nil {
		return err
	}
	return expectMints(home, 1, func() error { return showsNamespaces(home) })
}

func whoami(t *Trial) error {
	if err := t.needsWhoami(); err != nil {
		return err
	}
	home, err := t.installed("whoami")
	if err != nil {
		return err
	}
	name, groups, err := userOf(home)
	if err == nil && (!ackUser.MatchString(name) || !strings.Contains(groups, `"system:users"`)) {
		err = fmt.Errorf("the cluster sees %s of %s", name, groups)
	}
	return err
}

func (t *Trial) needsWhoami() error {
	if t.Client < 28 {
		return NotApplicable("`auth whoami` of kubectl 1.27 asks for v1beta1 of selfsubjectreviews, which the server does not serve")
	}
	return nil
}

func ackToken(t *Trial) error {
	home, err := t.home("token")
	if err != nil {
		return err
	}
	if err := home.Install("ack-token"); err != nil {
		return err
	}
	if err := expectMints(home, 0, func() error { return showsNamespaces(home) }); err != nil {
		return err
	}
	if t.needsWhoami() != nil {
		return nil
	}
	name, _, err := userOf(home)
	if err == nil && name != MappedUser {
		err = fmt.Errorf("the cluster sees %s", name)
	}
	return err
}
