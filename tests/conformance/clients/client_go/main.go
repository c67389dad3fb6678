// client_go lists namespaces through client-go: once, or for each line of the FIFO given, with a new client for the line
// "new".
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

func connect() (kubernetes.Interface, error) {
	config, err := clientcmd.BuildConfigFromFlags("", clientcmd.RecommendedHomeFile)
	if err != nil {
		return nil, err
	}
	return kubernetes.NewForConfig(config)
}

func list(clients kubernetes.Interface) error {
	namespaces, err := clients.CoreV1().Namespaces().List(context.Background(), metav1.ListOptions{})
	if err != nil {
		fmt.Println("error", strings.ReplaceAll(err.Error(), "\n", " "))
		return err
	}
	var names []string
	for _, namespace := range namespaces.Items {
		names = append(names, namespace.Name)
	}
	fmt.Println("ok", strings.Join(names, ","))
	return nil
}

func run(commands string) error {
	clients, err := connect()
	if err != nil {
		return err
	}
	if commands == "" {
		return list(clients)
	}
	file, err := os.Open(commands)
	if err != nil {
		return err
	}
	for lines := bufio.NewScanner(file); lines.Scan(); list(clients) {
		if lines.Text() != "new" {
			continue
		}
		if clients, err = connect(); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := run(strings.Join(os.Args[1:], "")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
