#include "kubeconfig_writer/commands/context_completion.h"

#include <algorithm>
#include <map>

#include "credential_provider/commands/flag_values.h"
#include "credential_provider/issuers/ack_options.h"
#include "kubeconfig_writer/entries/our_users.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::kClusterIdFlag;
using credential_provider::ParsedFlags;

// What can be read of the files that --kubeconfig or the environment names.
struct Readable {
  MergedKubeconfig merged;
  std::map<std::string, KubeconfigDocument> documents;  // by their file
};

Readable ReadWhatCanBe(const ParsedFlags& flags, const Environment& environment) {
  Readable readable;
  const auto paths = KubeconfigPaths(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return readable;
  for (const std::string& path : *paths) {
    const absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) continue;
    readable.merged.Add(*document, path);
    readable.documents.emplace(path, *document);
  }
  return readable;
}

// Whether `uninstall` takes the row by its name.
bool CanGo(const OurRow& row, const KubeconfigDocument& document) {
  const OurKind kind = KindOf(document, row.user.name);
  return kind == OurKind::kWrapped ||
         (kind == OurKind::kInstalled &&
          (!row.is_context || row.name == InstalledContext(document, row.user.name)));
}

}  // namespace

std::vector<std::string> ContextNames(const ParsedFlags& flags, const Environment& environment) {
  return ReadWhatCanBe(flags, environment).merged.Names(KubeconfigList::kContexts);
}

std::vector<std::string> StanzaContextNames(const ParsedFlags& flags, const Environment& environment) {
  std::vector<std::string> names;
  for (const OurRow& row : FindOurRows(ReadWhatCanBe(flags, environment).merged)) {
    if (row.is_context) names.push_back(row.name);
  }
  return names;
}

std::vector<std::string> OurContextNames(const ParsedFlags& flags, const Environment& environment) {
  const Readable readable = ReadWhatCanBe(flags, environment);
  std::vector<std::string> names;
  for (const OurRow& row : FindOurRows(readable.merged)) {
    if (CanGo(row, readable.documents.at(row.user.file))) names.push_back(row.name);
  }
  return names;
}

std::vector<std::string> WriterFlagValues(absl::string_view flag, const Environment& environment) {
  if (flag == "--context") return StanzaContextNames(ParsedFlags(), environment);
  if (flag != kClusterIdFlag.name) return credential_provider::FlagValues(flag, environment);
  std::vector<std::string> ids;
  for (const OurRow& row : FindOurRows(ReadWhatCanBe(ParsedFlags(), environment).merged)) {
    const std::vector<std::string> args = ProviderArgs(row.user.content);
    const auto found = std::find(args.begin(), args.end(), kClusterIdFlag.name);
    if (found != args.end() && found + 1 != args.end()) ids.push_back(*(found + 1));
  }
  return ids;
}

}  // namespace kubeconfig_writer
