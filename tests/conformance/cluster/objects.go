package cluster

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Holds what `kubectl get` needs; `view` itself is put together by a controller that does not run here.
const readerRole = "system:aggregate-to-view"

// BindReader lets users read. It returns what takes that away again.
func (s *Server) BindReader(ctx context.Context, users ...string) (unbind func() error, err error) {
	binding := &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{GenerateName: "conformance-"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: readerRole},
	}
	for _, user := range users {
		binding.Subjects = append(binding.Subjects, rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: user})
	}
	bindings := s.Admin.RbacV1().ClusterRoleBindings()
	created, err := bindings.Create(ctx, binding, metav1.CreateOptions{})
	if err != nil {
		return nil, err
	}
	return func() error { return bindings.Delete(ctx, created.Name, metav1.DeleteOptions{}) }, nil
}

// BindReaderAhead does so, as ACK does, by the names that certificates issued to the user id from now on for as
// long as period will have: the id and the second of their issue.
func (s *Server) BindReaderAhead(ctx context.Context, id string, period time.Duration) error {
	var names []string
	for now, end := time.Now().Unix(), time.Now().Add(period).Unix(); now < end; now++ {
		names = append(names, fmt.Sprintf("%s-%d", id, now))
	}
	_, err := s.BindReader(ctx, names...)
	return err
}

// CreatePod creates a pod, which stays pending, in the namespace default.
func (s *Server) CreatePod(ctx context.Context, name string) error {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "none", Image: "none"}}},
	}
	_, err := s.Admin.CoreV1().Pods(metav1.NamespaceDefault).Create(ctx, pod, metav1.CreateOptions{})
	return err
}
