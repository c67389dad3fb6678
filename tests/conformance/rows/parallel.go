package rows

import (
	"errors"
	"sync"
)

const atOnce = 20

func parallel(t *Trial) error {
	home, err := t.installed("parallel")
	if err != nil {
		return err
	}
	return expectMints(home, 1, func() error {
		failures := make([]error, atOnce)
		var runs sync.WaitGroup
		for i := range atOnce {
			runs.Go(func() { failures[i] = home.Kubectl("get", "--raw", "/api/v1/namespaces").Shows("kube-system") })
		}
		runs.Wait()
		return errors.Join(failures...)
	})
}
