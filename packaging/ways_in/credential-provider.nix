# nix-env -if credential-provider.nix, or callPackage in a set of packages.
{ pkgs ? import <nixpkgs> { }, lib ? pkgs.lib, stdenvNoCC ? pkgs.stdenvNoCC, fetchurl ? pkgs.fetchurl }:

let
  version = "@VERSION@";
  tarballs = {
    x86_64-linux = { target = "linux-amd64"; hash = "@SRI_linux_amd64@"; };
    aarch64-linux = { target = "linux-arm64"; hash = "@SRI_linux_arm64@"; };
    x86_64-darwin = { target = "darwin-amd64"; hash = "@SRI_darwin_amd64@"; };
    aarch64-darwin = { target = "darwin-arm64"; hash = "@SRI_darwin_arm64@"; };
  };
  system = stdenvNoCC.hostPlatform.system;
  tarball = tarballs.${system} or (throw "credential-provider: nothing is made for ${system}");
in
stdenvNoCC.mkDerivation {
  pname = "credential-provider";
  inherit version;

  src = fetchurl {
    url = "@DOWNLOADS@/credential_provider-${version}-${tarball.target}.tar.gz";
    inherit (tarball) hash;
  };

  # The programs are what is signed, byte by byte.
  dontFixup = true;

  installPhase = ''
    mkdir -p "$out/share"
    cp -r bin "$out/bin"
    cp -r share/. "$out/share"
  '';

  meta = {
    description = "Short-lived Kubernetes credentials for Alibaba Cloud ACK";
    homepage = "@ADDRESS@";
    license = lib.licenses.asl20;
    platforms = builtins.attrNames tarballs;
    sourceProvenance = [ lib.sourceTypes.binaryNativeCode ];
    mainProgram = "kubectl-ack";
  };
}
