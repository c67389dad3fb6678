# The kubernetes provider signs in by the exec block, as kubectl does. Who asks is found on the machine that runs Terraform
# (docs/who_asks.md): a profile, variables, a CI job's token with --identity oidc.
variable "cluster_id" {
  default = "c00000000000000000000000000000001"
}

variable "server" {
  description = "The address of the API server, from kubectl ack clusters"
}

variable "certificate_authority" {
  description = "The cluster's authority as PEM; in base64 it is in the kubeconfig of kubectl ack get-credentials"
}

provider "kubernetes" {
  host                   = var.server
  cluster_ca_certificate = var.certificate_authority

  exec {
    api_version = "client.authentication.k8s.io/v1"
    command     = "credential_provider"
    args        = ["get", "ack", "--cluster-id", var.cluster_id, "--region", "cn-hangzhou"]
  }
}

# Or by the context that kubectl ack get-credentials dev has added:
#
# provider "kubernetes" {
#   config_path    = "~/.kube/config"
#   config_context = "dev"
# }
