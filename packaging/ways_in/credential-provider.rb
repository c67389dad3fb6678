class CredentialProvider < Formula
  desc "Short-lived Kubernetes credentials for Alibaba Cloud ACK"
  homepage "@ADDRESS@"
  version "@VERSION@"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "@DOWNLOADS@/credential_provider-@VERSION@-darwin-arm64.tar.gz"
      sha256 "@SHA256_darwin_arm64@"
    end
    on_intel do
      url "@DOWNLOADS@/credential_provider-@VERSION@-darwin-amd64.tar.gz"
      sha256 "@SHA256_darwin_amd64@"
    end
  end

  on_linux do
    on_arm do
      url "@DOWNLOADS@/credential_provider-@VERSION@-linux-arm64.tar.gz"
      sha256 "@SHA256_linux_arm64@"
    end
    on_intel do
      url "@DOWNLOADS@/credential_provider-@VERSION@-linux-amd64.tar.gz"
      sha256 "@SHA256_linux_amd64@"
    end
  end

  def install
    bin.install Dir["bin/*"]
    man1.install Dir["share/man/man1/*"]
    bash_completion.install Dir["share/bash-completion/completions/*"]
    zsh_completion.install Dir["share/zsh/site-functions/*"]
    fish_completion.install Dir["share/fish/vendor_completions.d/*"]
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/credential_provider version")
    assert_match version.to_s, shell_output("#{bin}/kubectl-ack version")
  end
end
