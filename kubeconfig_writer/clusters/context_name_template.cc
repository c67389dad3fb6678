#include "kubeconfig_writer/clusters/context_name_template.h"

#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Cluster;
using credential_provider::Printable;

constexpr size_t kLeastOfId = 8;

constexpr const char* kOfTheCluster[] = {"name", "id", "region"};
constexpr const char* kOfTheCaller[] = {"issuer", "profile", "role", "account", "alias"};

std::string InBraces(absl::string_view word) { return absl::StrCat("{", word, "}"); }

std::string NameOf(const Cluster& cluster, absl::string_view name_template, const NameValues& values) {
  std::map<std::string, std::string> in_braces = {
      {"{name}", cluster.name}, {"{id}", cluster.id}, {"{region}", cluster.region}};
  for (const auto& [word, value] : values) in_braces.emplace(InBraces(word), value);
  return absl::StrReplaceAll(name_template, in_braces);
}

// Returns how many characters of the ids tell `clusters` apart.
size_t TellingPrefix(const std::vector<const Cluster*>& clusters) {
  for (size_t size = kLeastOfId;; ++size) {
    std::set<std::string> prefixes;
    for (const Cluster* cluster : clusters) prefixes.insert(cluster->id.substr(0, size));
    if (prefixes.size() == clusters.size()) return size;
  }
}

// Whoever sees a cluster twice has two profiles for it.
absl::Status CheckOther(const Cluster& cluster, const std::vector<const Cluster*>& namesakes) {
  for (const Cluster* const namesake : namesakes) {
    if (namesake->id != cluster.id) continue;
    return absl::InvalidArgumentError(absl::StrCat("--context-name: gives cluster ", Printable(cluster.id),
                                                   ", which several profiles see, one name: use "
                                                   "{profile}, or one of them"));
  }
  return absl::OkStatus();
}

absl::Status CheckName(const std::string& name) {
  if (name.empty()) return absl::InvalidArgumentError("--context-name: gives an empty name");
  if (Printable(name, std::string::npos) == name) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--context-name: ", Printable(name), " has control characters: use {id}"));
}

absl::Status CheckAllDiffer(const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second)
      return absl::InvalidArgumentError(
          absl::StrCat("--context-name: gives several clusters the name ", Printable(name), ": use {id}"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNameTemplate(absl::string_view name_template) {
  std::string rest(name_template);
  for (const char* const word : kOfTheCluster) rest = absl::StrReplaceAll(rest, {{InBraces(word), " "}});
  for (const char* const word : kOfTheCaller) rest = absl::StrReplaceAll(rest, {{InBraces(word), " "}});
  if (rest.find_first_of("{}") == std::string::npos) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--context-name: only {name}, {id}, {region}, {issuer}, {profile}, {role}, {account} and {alias} can "
      "be "
      "in braces");
}

bool AsksFor(absl::string_view name_template, absl::string_view word) {
  return absl::StrContains(name_template, InBraces(word));
}

bool NeedsDetails(absl::string_view name_template) {
  return AsksFor(name_template, "name") || AsksFor(name_template, "region");
}

absl::Status CheckNameOf(const Cluster& cluster, absl::string_view name_template, const NameValues& values) {
  return CheckName(NameOf(cluster, name_template, values));
}

absl::StatusOr<std::vector<std::string>> NamesFor(absl::string_view name_template, const NameValues& values,
                                                  absl::Span<const Cluster> clusters) {
  std::vector<ClusterToName> to_name;
  for (const Cluster& cluster : clusters) to_name.push_back({&cluster, &values});
  return NamesFor(name_template, to_name);
}

absl::StatusOr<std::vector<std::string>> NamesFor(absl::string_view name_template,
                                                  absl::Span<const ClusterToName> clusters) {
  if (clusters.size() > 1 && !NeedsDetails(name_template) && !AsksFor(name_template, "id"))
    return absl::InvalidArgumentError(
        "--context-name: gives every cluster the same name: use {name} or {id}");
  std::map<std::string, std::vector<const Cluster*>> by_name;
  for (const auto& [cluster, values] : clusters) {
    std::vector<const Cluster*>& namesakes = by_name[NameOf(*cluster, name_template, *values)];
    absl::Status differs = CheckOther(*cluster, namesakes);
    if (!differs.ok()) return differs;
    namesakes.push_back(cluster);
  }
  std::vector<std::string> names;
  for (const auto& [cluster, values] : clusters) {
    std::string name = NameOf(*cluster, name_template, *values);
    const std::vector<const Cluster*>& namesakes = by_name[name];
    if (namesakes.size() > 1) absl::StrAppend(&name, "-", cluster->id.substr(0, TellingPrefix(namesakes)));
    absl::Status valid = CheckName(name);
    if (!valid.ok()) return valid;
    names.push_back(std::move(name));
  }
  absl::Status differ = CheckAllDiffer(names);
  if (!differ.ok()) return differ;
  return names;
}

std::string NameWithId(absl::string_view name, const Cluster& cluster) {
  return absl::StrCat(name, "-", cluster.id.substr(0, kLeastOfId));
}

}  // namespace kubeconfig_writer
