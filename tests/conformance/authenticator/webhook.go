package authenticator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	authenticationv1 "k8s.io/api/authentication/v1"
)

// Identity is what a RAMIdentityMapping gives a caller in the cluster.
type Identity struct {
	Username string
	Groups   []string
}

// Webhook answers TokenReviews for one cluster.
type Webhook struct {
	ClusterID string
	STS       string              // address of STS
	Mappings  map[string]Identity // by lower-cased ARN
}

func (w *Webhook) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	var review authenticationv1.TokenReview
	if err := json.NewDecoder(request.Body).Decode(&review); err != nil {
		http.Error(writer, err.Error(), http.StatusBadRequest)
		return
	}
	review.Status = w.review(review.Spec.Token)
	writer.Header().Set("Content-Type", "application/json")
	json.NewEncoder(writer).Encode(review)
}

func (w *Webhook) review(token string) authenticationv1.TokenReviewStatus {
	arn, err := w.callerOf(token)
	if err != nil {
		return authenticationv1.TokenReviewStatus{Error: err.Error()}
	}
	identity, isMapped := w.Mappings[strings.ToLower(arn)]
	if !isMapped {
		return authenticationv1.TokenReviewStatus{Error: arn + ": has no mapping"}
	}
	user := authenticationv1.UserInfo{Username: identity.Username, Groups: identity.Groups}
	return authenticationv1.TokenReviewStatus{Authenticated: true, User: user}
}

// callerOf asks STS who signed token, and returns the ARN that mappings know the caller by.
func (w *Webhook) callerOf(token string) (string, error) {
	request, err := requestOf(token, w.ClusterID, w.STS)
	if err != nil {
		return "", err
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer reply.Body.Close()
	var answer struct{ Arn, Code string }
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {
		return "", fmt.Errorf("sts: %w", err)
	}
	if reply.StatusCode != http.StatusOK || answer.Arn == "" {
		return "", fmt.Errorf("sts: %s", answer.Code)
	}
	return mappedARN(answer.Arn), nil
}

var assumedRole = regexp.MustCompile(`^(acs:ram::\d+):assumed-role/([^/]+)/.*$`)

// mappedARN takes the session's name off an assumed role.
func mappedARN(arn string) string { return assumedRole.ReplaceAllString(arn, "$1:role/$2") }
