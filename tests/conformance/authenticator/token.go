// Package authenticator plays the verifier of ack-ram-authenticator: a token webhook that has STS say who signed.
package authenticator

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const (
	tokenPrefix      = "k8s-ack-v2."
	longestToken     = 4096
	clusterParameter = "ACKClusterId"
)

// What is forwarded to STS; all else in a token is dropped.
var forwardedHeaders = map[string]bool{
	"x-acs-action": true, "x-acs-version": true, "authorization": true, "x-acs-signature-nonce": true, "x-acs-date": true,
	"x-acs-content-sha256": true, "x-acs-content-sm3": true, "x-acs-security-token": true,
}

type payload struct {
	Query   map[string]string `json:"query"`
	Headers map[string]string `json:"headers"`
}

// requestOf turns a token into the GetCallerIdentity it stands for, to be sent to sts.
func requestOf(token, clusterID, sts string) (*http.Request, error) {
	encoded, isOurs := strings.CutPrefix(token, tokenPrefix)
	if !isOurs || len(token) > longestToken {
		return nil, errors.New("token: not of the form k8s-ack-v2, or too long")
	}
	text, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("token: %w", err)
	}
	var signed payload
	if err := json.Unmarshal(text, &signed); err != nil {
		return nil, fmt.Errorf("token: %w", err)
	}
	if signed.Query[clusterParameter] != clusterID {
		return nil, fmt.Errorf("token: made for cluster %q", signed.Query[clusterParameter])
	}
	return signed.request(clusterID, sts)
}

func (p payload) request(clusterID, sts string) (*http.Request, error) {
	request, err := http.NewRequest(http.MethodPost, sts+"/?"+url.Values{clusterParameter: {clusterID}}.Encode(), nil)
	if err != nil {
		return nil, err
	}
	for name, value := range p.Headers {
		if forwardedHeaders[strings.ToLower(name)] {
			request.Header.Set(name, value)
		}
	}
	if request.Header.Get("x-acs-action") != "GetCallerIdentity" {
		return nil, errors.New("token: signs another action than GetCallerIdentity")
	}
	return request, nil
}
