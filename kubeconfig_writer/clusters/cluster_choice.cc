#include "kubeconfig_writer/clusters/cluster_choice.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/prompt.h"
#include "kubeconfig_writer/clusters/cluster_address.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two
using By = ClusterChoice::By;

constexpr char kName[] = "--name";
constexpr char kAll[] = "--all";
constexpr char kInteractive[] = "--interactive";
constexpr char kWhich[] = "Which of these (numbers)? ";
constexpr int kTries = 3;

constexpr FlagSpec kFlags[] = {
    {kName, "NAME", "instead of --cluster-id: the cluster of this name", nullptr, Preset::kNever},
    {kAll, nullptr, "instead of --cluster-id: every running cluster, of --region if that is given"},
    {kInteractive, nullptr, "instead of --cluster-id: asks which, at a terminal"},
};

// Why `cluster` cannot be installed, and what to do; OK when nothing is known to be in the way.
absl::Status CheckUsable(const Cluster& cluster, const ClusterChoice& choice, const AckOptions& options) {
  const std::string not_usable = WhyNotUsable(cluster);
  if (!not_usable.empty())
    return WithHint(absl::FailedPreconditionError(not_usable), "try again when the cluster is running");
  if (choice.address_given) return absl::OkStatus();
  const bool endpoints_known = !cluster.public_endpoint.empty() || !cluster.private_endpoint.empty();
  const std::string& endpoint = options.private_endpoint ? cluster.private_endpoint : cluster.public_endpoint;
  return !endpoints_known || !endpoint.empty() ? absl::OkStatus() : NoEndpoint(options);
}

ChosenClusters WithoutUnusable(std::vector<Cluster> clusters, const ClusterChoice& choice,
                               const AckOptions& options) {
  ChosenClusters chosen;
  for (Cluster& cluster : clusters) {
    const absl::Status usable = CheckUsable(cluster, choice, options);
    if (usable.ok()) {
      chosen.clusters.push_back(std::move(cluster));
    } else {
      chosen.skipped.push_back(absl::StrCat(TitleOf(cluster), ": ", usable.message()));
    }
  }
  return chosen;
}

absl::StatusOr<ChosenClusters> OnlyOne(std::vector<Cluster> clusters, const ClusterChoice& choice,
                                       const AckOptions& options) {
  if (clusters.empty()) {
    const absl::Status region = CheckRegionIsKnown(options.region);
    const std::string meant = HintOf(region);
    return WithHint(absl::NotFoundError(absl::StrCat("cluster ", Printable(choice.value),
                                                     ": not among those that this identity can see")),
                    absl::StrCat(region.message(), meant.empty() ? "" : ": ", meant));
  }
  if (clusters.size() > 1) {
    const std::string ids = absl::StrJoin(
        clusters, ", ", [](std::string* out, const Cluster& cluster) { absl::StrAppend(out, cluster.id); });
    return WithHint(absl::FailedPreconditionError(
                        absl::StrCat("cluster ", Printable(choice.value), ": several have this name: ", ids)),
                    "choose one with --cluster-id, or a region with --region");
  }
  const absl::Status usable = CheckUsable(clusters.front(), choice, options);
  if (!usable.ok()) return WithContext(usable, absl::StrCat("cluster ", TitleOf(clusters.front())));
  return ChosenClusters{std::move(clusters), {}};
}

std::string Question(const ChosenClusters& chosen) {
  const std::vector<Cluster>& clusters = chosen.clusters;
  std::string question;
  for (const std::string& reason : chosen.skipped)
    absl::StrAppend(&question, "not possible: ", Printable(reason), "\n");
  for (size_t i = 0; i < clusters.size(); ++i)
    absl::StrAppend(&question, i + 1, "  ", Printable(TitleOf(clusters[i])), "  ",
                    Printable(clusters[i].region), "  ", Printable(clusters[i].type), "\n");
  return absl::StrCat(question, kWhich);
}

// Asks again after what is no number of the list.
absl::StatusOr<std::vector<size_t>> AskForNumbers(std::string question, size_t most) {
  for (int tries = kTries;; --tries) {
    absl::StatusOr<std::string> line = Ask(question);
    if (!line.ok()) return line.status();
    absl::StatusOr<std::vector<size_t>> picks = ParsePicks(*line, most);
    if (!absl::IsInvalidArgument(picks.status())) return picks;
    if (tries == 1) {
      return WithHint(picks.status(),
                      "nothing was done: run this again, or choose with --cluster-id or --name");
    }
    question = absl::StrCat(picks.status().message(), "\n", kWhich);
  }
}

absl::StatusOr<ChosenClusters> AskWhich(ChosenClusters chosen) {
  if (chosen.clusters.empty()) return chosen;
  absl::StatusOr<std::vector<size_t>> picks = AskForNumbers(Question(chosen), chosen.clusters.size());
  if (!picks.ok()) return picks.status();
  ChosenClusters picked;
  for (const size_t pick : *picks) picked.clusters.push_back(std::move(chosen.clusters[pick]));
  return picked;
}

absl::StatusOr<std::vector<Cluster>> Describe(const ClusterChoice& choice, const AckOptions& options,
                                              AckSession& service) {
  ClusterFilter filter;
  filter.region = options.region;
  if (choice.by == By::kId) filter.id = choice.value;
  if (choice.by == By::kName) filter.name = choice.value;
  absl::StatusOr<AcsClient> client = service.At(options);
  if (!client.ok()) return client.status();
  return DescribeClusters(*client, service.key(), filter);
}

}  // namespace

absl::Span<const FlagSpec> ClusterChoiceFlags() { return kFlags; }

bool LooksLikeClusterId(absl::string_view text) {
  return text.size() == 33 && text[0] == 'c' &&
         std::all_of(text.begin() + 1, text.end(), absl::ascii_isxdigit);
}

bool HasClusterChoice(const ParsedFlags& flags) {
  const auto given = [&flags](const FlagSpec& spec) { return flags.Has(spec.name); };
  return !flags.operands().empty() || flags.Has(kClusterIdFlag.name) ||
         std::any_of(std::begin(kFlags), std::end(kFlags), given);
}

ParsedFlags WithAsking(const ParsedFlags& flags) { return flags.With(kInteractive, ""); }

absl::StatusOr<ClusterChoice> ParseClusterChoice(const ParsedFlags& flags) {
  std::vector<ClusterChoice> choices;
  for (const std::string& operand : flags.operands())
    choices.push_back({LooksLikeClusterId(operand) ? By::kId : By::kName, operand});
  if (flags.Has(kClusterIdFlag.name))
    choices.push_back({By::kId, std::string(flags.Get(kClusterIdFlag.name))});
  if (flags.Has(kName)) choices.push_back({By::kName, std::string(flags.Get(kName))});
  if (flags.Has(kAll)) choices.push_back({By::kAll, ""});
  if (flags.Has(kInteractive)) choices.push_back({By::kAsking, ""});
  if (choices.size() == 1) return choices.front();
  return absl::InvalidArgumentError(
      "exactly one of NAME-OR-ID, --cluster-id, --name, --all and --interactive is needed");
}

absl::StatusOr<ChosenClusters> ChooseClusters(const ClusterChoice& choice, const AckOptions& options,
                                              bool details, AckSession& service,
                                              const Environment& environment) {
  if (choice.by == By::kAsking && !CanAsk(environment)) {
    return WithHint(absl::FailedPreconditionError("--interactive: there is no terminal to ask at"),
                    "choose with --cluster-id, --name or --all");
  }
  if (choice.by == By::kId && !details) {
    Cluster cluster;
    cluster.id = choice.value;
    return ChosenClusters{{cluster}, {}};
  }
  absl::StatusOr<std::vector<Cluster>> clusters = Describe(choice, options, service);
  if (!clusters.ok()) return clusters.status();
  if (choice.by == By::kId || choice.by == By::kName) return OnlyOne(*std::move(clusters), choice, options);
  ChosenClusters chosen = WithoutUnusable(*std::move(clusters), choice, options);
  return choice.by == By::kAll ? chosen : AskWhich(std::move(chosen));
}

absl::StatusOr<std::vector<size_t>> ParsePicks(absl::string_view line, size_t most) {
  std::vector<size_t> picks;
  for (const absl::string_view word : absl::StrSplit(line, absl::ByAnyChar(", \t\r"), absl::SkipEmpty())) {
    size_t number;
    if (!absl::SimpleAtoi(word, &number) || number < 1 || number > most) {
      return absl::InvalidArgumentError(
          absl::StrCat(Printable(word, 40), ": not one of the numbers from 1 to ", most));
    }
    if (std::find(picks.begin(), picks.end(), number - 1) == picks.end()) picks.push_back(number - 1);
  }
  if (picks.empty()) return absl::CancelledError("no number given: nothing was done");
  return picks;
}

std::string TitleOf(const Cluster& cluster) {
  return cluster.name.empty() ? cluster.id : absl::StrCat(cluster.name, " (", cluster.id, ")");
}

}  // namespace kubeconfig_writer
