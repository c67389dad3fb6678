package rows

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"credential_provider/tests/conformance/client"
)

const (
	renewals     = 3
	longestWatch = (renewals + 2) * ShortLife
	// Of the informer's in that time; far fewer would prove little.
	leastRequests = 100
)

// PerServer are the rows that need no kubectl.
func PerServer(informer string) []Row {
	return []Row{
		{Name: "client-go informer across three renewals, no request fails", Waits: true,
			Run: func(t *Trial) error { return informerLives(t, informer) }},
		{Name: "`ack-token`: for another cluster, or changed: 401", Run: wrongTokens},
		{Name: "account: `kubernetes-admin` of `system:masters`", Run: account},
	}
}

// informerLives runs the informer until it has been given three more certificates, and then shows it a pod.
func informerLives(t *Trial, informer string) error {
	home, err := t.shortInstalled("informer")
	if err != nil {
		return err
	}
	before, err := home.Mints()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(t.Context, longestWatch)
	defer cancel()
	pod := fmt.Sprintf("informed-%d", t.Minor)
	command := home.Command(ctx, informer, "-kubeconfig", filepath.Join(home.Folder, ".kube/config"), "-until-pod", pod)
	var stdout, stderr strings.Builder
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		ended <- command.Wait()
		cancel()
	}()
	if err = t.awaitMints(ctx, home, before+1+renewals); err == nil {
		err = t.Server.CreatePod(ctx, pod)
	}
	if err != nil {
		cancel()
	}
	if err := errors.Join(<-ended, err); err != nil {
		return fmt.Errorf("%w: %s", err, stderr.String())
	}
	return t.nothingFailed(stdout.String())
}

func (t *Trial) awaitMints(ctx context.Context, home *client.Home, count int) error {
	for sleep(ctx, time.Second) {
		if mints, err := home.Mints(); err != nil || mints >= count {
			return err
		}
	}
	return ctx.Err()
}

// When client-go gets another certificate it closes all connections, and may then choose one of these for the next
// request, which fails and is repeated: that happens with every plugin, and is only noted.
func (t *Trial) nothingFailed(journal string) error {
	var told struct {
		Requests     int
		Refused, Cut []string
	}
	if err := json.Unmarshal([]byte(journal), &told); err != nil {
		return err
	}
	t.Note(fmt.Sprintf("informer: %d requests, %d refused, %d cut off by client-go and repeated by it",
		told.Requests, len(told.Refused), len(told.Cut)))
	if len(told.Refused) > 0 || told.Requests < leastRequests {
		return fmt.Errorf("%d requests, refused: %s", told.Requests, told.Refused)
	}
	return nil
}

// wrongTokens shows that the webhook does verify.
func wrongTokens(t *Trial) error {
	home, err := t.home("tokens")
	if err != nil {
		return err
	}
	good, err := tokenFor(home, client.ClusterID)
	if err != nil {
		return err
	}
	other, err := tokenFor(home, strangeCluster)
	if err != nil {
		return err
	}
	return errors.Join(t.ask(good), t.refuses(other), t.refuses(changed(good)))
}

func tokenFor(home *client.Home, clusterID string) (string, error) {
	result := home.Run("credential_provider", "get", "ack-token", "--cluster-id", clusterID, "--store", "none")
	if err := result.Success(); err != nil {
		return "", err
	}
	var answer struct{ Status struct{ Token string } }
	return answer.Status.Token, json.Unmarshal([]byte(result.Stdout), &answer)
}

// changed returns token with another signature.
func changed(token string) string {
	prefix, encoded, _ := strings.Cut(token, ".")
	text, _ := base64.StdEncoding.DecodeString(encoded)
	other := strings.Replace(string(text), "Signature=", "Signature=0", 1)
	return prefix + "." + base64.StdEncoding.EncodeToString([]byte(other))
}

func (t *Trial) refuses(token string) error {
	err := t.ask(token)
	if apierrors.IsUnauthorized(err) {
		return nil
	}
	return fmt.Errorf("not refused, but: %v", err)
}

// ask lists namespaces with token.
func (t *Trial) ask(token string) error {
	clients, err := kubernetes.NewForConfig(&rest.Config{Host: t.Server.SteadyAddress, BearerToken: token,
		TLSClientConfig: rest.TLSClientConfig{CAFile: t.Steady.CAFile}})
	if err != nil {
		return err
	}
	_, err = clients.CoreV1().Namespaces().List(t.Context, metav1.ListOptions{})
	return err
}

// account shows that a cluster knows the account itself for its administrator.
func account(t *Trial) error {
	home, err := t.home("account")
	if err != nil {
		return err
	}
	home.UseKey("sandbox-root")
	if err := home.Install("ack"); err != nil {
		return err
	}
	name, groups, err := userOf(home)
	if err == nil && (name != "kubernetes-admin" || !strings.Contains(groups, `"system:masters"`)) {
		err = fmt.Errorf("the cluster sees %s of %s", name, groups)
	}
	return err
}
