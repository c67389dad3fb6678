// informer is a client-go program that lives long: it watches pods and lists namespaces, over whatever renewals come,
// until a pod of a given name appears. It then prints how that went, as JSON.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const pause = 500 * time.Millisecond

// journal counts requests as they go over the wire. It is a middleware of client-go's transport.
type journal struct {
	mutex    sync.Mutex
	Requests int
	Refused  []string // by the server
	Cut      []string // for want of a connection; client-go repeats these, or else the program ends with the error
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

func (j *journal) wrap(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(request *http.Request) (*http.Response, error) {
		reply, err := next.RoundTrip(request)
		j.note(request, reply, err)
		return reply, err
	})
}

func (j *journal) note(request *http.Request, reply *http.Response, err error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.Requests++
	if err != nil && request.Context().Err() == nil {
		j.Cut = append(j.Cut, fmt.Sprintf("%s: %s", request.URL.Path, err))
	}
	// 422 is how older servers say that they cannot begin a watch with a list: client-go then lists.
	if err == nil && reply.StatusCode >= http.StatusBadRequest && reply.StatusCode != http.StatusUnprocessableEntity {
		j.Refused = append(j.Refused, fmt.Sprintf("%s: %s", request.URL.Path, reply.Status))
	}
}

func run(kubeconfig, untilPod string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	var journal journal
	config.Wrap(journal.wrap)
	clients, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	watch(ctx, clients, untilPod, cancel)
	for ctx.Err() == nil {
		if _, err := clients.CoreV1().Namespaces().List(ctx, metav1.ListOptions{}); err != nil && ctx.Err() == nil {
			return err
		}
		time.Sleep(pause)
	}
	journal.mutex.Lock()
	defer journal.mutex.Unlock()
	return json.NewEncoder(os.Stdout).Encode(&journal)
}

// watch calls found when the pod is there.
func watch(ctx context.Context, clients kubernetes.Interface, pod string, found func()) {
	factory := informers.NewSharedInformerFactory(clients, 0)
	factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(object any) {
		if object.(*corev1.Pod).Name == pod {
			found()
		}
	}})
	factory.Start(ctx.Done())
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "the kubeconfig")
	untilPod := flag.String("until-pod", "", "the pod to wait for")
	flag.Parse()
	if err := run(*kubeconfig, *untilPod); err != nil {
		fmt.Fprintln(os.Stderr, "informer: error:", err)
		os.Exit(1)
	}
}
