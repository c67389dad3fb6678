package main

import "strings"

// limits is what a client does not do, whatever plugin it has, with the place in its source; "" for what it does.
type limits struct {
	name         string // how its name begins
	keepsEnded   string // no new certificate when its own ends
	keepsRefused string // no start of the plugin when its certificate is refused
	startsOften  string // starts the plugin, long before the end, as if something were refused
}

const (
	nodeCaches  = "node: src/exec_auth.ts, getCredential: what the plugin said is kept until its expirationTimestamp"
	pythonReads = "python: config/kube_config.py, _set_config: what is read again at its end is a token, never a certificate"
	javaReads   = "java: util/ClientBuilder.java, standard: the kubeconfig's credentials are read once"
	rubyReads   = "ruby: lib/kubeclient/config.rb, context: read once"
	kubeReads   = "kube-rs: kube-client/src/client/config_ext.rs, exec_identity_pem: a certificate is read when the client is made"
	fabricAsks  = "fabric8: TokenRefreshInterceptor.java, isTimeToRefresh: without a token the plugin is started for each request after the first minute"
	fabricTakes = "fabric8: TokenRefreshInterceptor.java, refreshToken: starts the plugin again, but takes over only a token"
)

var known = []limits{
	{name: "client_go"},
	{name: "node", keepsRefused: nodeCaches},
	{name: "python", keepsEnded: pythonReads, keepsRefused: pythonReads},
	{name: "java", keepsEnded: javaReads, keepsRefused: javaReads},
	{name: "fabric8", keepsEnded: fabricTakes, startsOften: fabricAsks},
	{name: "kube_rs", keepsEnded: kubeReads, keepsRefused: kubeReads},
	{name: "ruby", keepsEnded: rubyReads, keepsRefused: rubyReads},
}

// limitsOf returns those of a client with its version: "node 2.0.1".
func limitsOf(name string) limits {
	for _, limits := range known {
		if strings.HasPrefix(name, limits.name+" ") {
			return limits
		}
	}
	return limits{}
}
