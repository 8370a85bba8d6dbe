// Files that a snapshot leaves out whatever they hold: their names say that it is a secret.

const names: readonly RegExp[] = [
  /^\.env(?:rc|\..*)?$|\.env$/i,
  /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg|ovpn|tfstate)$/i,
  /^id_(?:rsa|dsa|ecdsa|ed25519)/i,
  /credential|^secrets?(?:\.|$)|[._-]secrets?\.(?:ya?ml|json|toml|ini|env|txt)$/i,
  /^(?:\.netrc|_netrc|\.npmrc|\.pypirc|\.htpasswd|\.pgpass|\.git-credentials|\.dockercfg|kubeconfig|service[_-]?account.*\.json|client_secret.*\.json|token\.json|kaggle\.json)$/i,
];
const folders = /(?:^|\/)\.(?:ssh|aws|gnupg|kube|docker|azure)\//i;
/** `.env.example` is meant to be shared. */
const samples = /^\.env\.(?:example|sample|template|dist)$|\.pub$/i;

/** `path` with forward slashes. */
export function isSecretFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (samples.test(name)) return false;
  return folders.test(path) || names.some((pattern) => pattern.test(name));
}
