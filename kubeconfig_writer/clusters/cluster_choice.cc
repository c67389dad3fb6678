#include "kubeconfig_writer/clusters/cluster_choice.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/prompt.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/text/did_you_mean.h"
#include "kubeconfig_writer/clusters/cluster_address.h"
#include "kubeconfig_writer/clusters/fzf.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two
using By = ClusterChoice::By;

constexpr char kName[] = "--name";
constexpr char kAll[] = "--all";
constexpr char kInteractive[] = "--interactive";
constexpr char kWhich[] = "Which of these (numbers, or a part of a name)? ";
constexpr char kThisOne[] = "This one (Enter), or which (numbers, or a part of a name)? ";
constexpr int kTries = 3;
constexpr size_t kMostSkipped = 5;  // that are named beside those that can be picked

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
  const std::string& endpoint = WithEndpoint(options, choice, cluster).private_endpoint
                                    ? cluster.private_endpoint
                                    : cluster.public_endpoint;
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

// The lines of those clusters that `listed` numbers, each with its number, and the question.
std::string Question(const std::vector<Cluster>& clusters, const std::vector<size_t>& listed) {
  std::string question;
  for (const size_t i : listed)
    absl::StrAppend(&question, i + 1, "  ", Printable(TitleOf(clusters[i])), "  ",
                    Printable(clusters[i].region), "  ", Printable(clusters[i].type), "\n");
  return absl::StrCat(question, listed.size() == 1 ? kThisOne : kWhich);
}

std::vector<size_t> UpTo(size_t count) {
  std::vector<size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), size_t{0});
  return numbers;
}

bool IsNumbers(absl::string_view line) {
  return line.find_first_not_of("0123456789, \t\r") == absl::string_view::npos;
}

// What a person is asked until an answer is one: which clusters of the list.
class Picker {
 public:
  explicit Picker(const ChosenClusters& chosen)
      : clusters_(chosen.clusters), listed_(UpTo(chosen.clusters.size())) {
    for (const std::string& reason : chosen.skipped)
      absl::StrAppend(&question_, "not possible: ", Printable(reason), "\n");
    absl::StrAppend(&question_, Question(clusters_, listed_));
  }

  absl::StatusOr<std::vector<size_t>> Ask() {
    while (true) {
      absl::StatusOr<std::string> line = kubeconfig_writer::Ask(question_);
      if (!line.ok()) return line.status();
      absl::StatusOr<std::vector<size_t>> picks = IsNumbers(*line) ? Pick(*line) : Search(*line);
      if (picks.ok() ? !picks->empty() : !absl::IsInvalidArgument(picks.status())) return picks;
      if (!picks.ok() && --tries_ == 0) {
        return WithHint(picks.status(),
                        "nothing was done: run this again, or choose with --cluster-id or --name");
      }
      question_ =
          picks.ok() ? Question(clusters_, listed_) : absl::StrCat(picks.status().message(), "\n", kWhich);
    }
  }

 private:
  // The only one that is listed needs no number.
  absl::StatusOr<std::vector<size_t>> Pick(absl::string_view line) const {
    const bool is_empty = absl::StripAsciiWhitespace(line).empty();
    if (is_empty && listed_.size() == 1 && clusters_.size() > 1) return listed_;
    return ParsePicks(line, clusters_.size());
  }

  // Lists those that have the text in them, and picks none.
  absl::StatusOr<std::vector<size_t>> Search(absl::string_view text) {
    std::vector<size_t> found = ClustersWith(text, clusters_);
    if (found.empty())
      return absl::InvalidArgumentError(absl::StrCat(Printable(text, 40), ": in none of the names"));
    listed_ = std::move(found);
    return std::vector<size_t>();
  }

  const std::vector<Cluster>& clusters_;
  std::vector<size_t> listed_;
  std::string question_;
  int tries_ = kTries;
};

absl::optional<absl::StatusOr<std::vector<size_t>>> AskWithFzf(const ChosenClusters& chosen,
                                                               const Environment& environment) {
  std::vector<std::string> lines;
  for (const Cluster& cluster : chosen.clusters)
    lines.push_back(absl::StrCat(Printable(TitleOf(cluster)), "  ", Printable(cluster.region), "  ",
                                 Printable(cluster.type)));
  const size_t shown = std::min(chosen.skipped.size(), kMostSkipped);
  std::string header;
  for (size_t i = 0; i < shown; ++i)
    absl::StrAppend(&header, InLanguage(absl::StrCat("not possible: ", Printable(chosen.skipped[i]))), "\n");
  if (shown < chosen.skipped.size())
    absl::StrAppend(&header,
                    InLanguage(absl::StrCat("not possible: ", chosen.skipped.size() - shown, " more")), "\n");
  return PickWithFzf(lines, absl::StrCat(header, InLanguage("Tab marks one of several")), environment);
}

absl::StatusOr<ChosenClusters> AskWhich(ChosenClusters chosen, const Environment& environment) {
  if (chosen.clusters.empty()) return chosen;
  absl::optional<absl::StatusOr<std::vector<size_t>>> picks = AskWithFzf(chosen, environment);
  if (!picks) picks = Picker(chosen).Ask();
  if (!picks->ok()) return picks->status();
  ChosenClusters picked;
  for (const size_t pick : **picks) picked.clusters.push_back(std::move(chosen.clusters[pick]));
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

// What is near to a name that no cluster has, of all names that this identity can see: one more listing, and
// when that fails nothing is near.
std::string NameMeant(const ClusterChoice& choice, const AckOptions& options, AckSession& service) {
  const absl::StatusOr<std::vector<Cluster>> all = Describe({By::kAll, ""}, options, service);
  if (!all.ok()) return "";
  std::vector<std::string> names;
  for (const Cluster& cluster : *all) names.push_back(cluster.name);
  return DidYouMean(choice.value, names);
}

absl::Status NoSuchCluster(const ClusterChoice& choice, const AckOptions& options, AckSession& service) {
  const absl::Status status = absl::NotFoundError(
      absl::StrCat("cluster ", Printable(choice.value), ": not among those that this identity can see"));
  const absl::Status region = CheckRegionIsKnown(options.region);
  if (!region.ok()) {
    const std::string meant = HintOf(region);
    return WithHint(status, absl::StrCat(region.message(), meant.empty() ? "" : ": ", meant));
  }
  return choice.by == By::kName ? WithHint(status, NameMeant(choice, options, service)) : status;
}

// One that is named is meant, whatever it is like.
absl::Status CheckFilter(const ClusterChoice& choice, const ParsedFlags& flags) {
  if (choice.by == By::kAll || choice.by == By::kAsking) return absl::OkStatus();
  for (const FlagSpec& spec : FleetFilterFlags()) {
    if (flags.HasTyped(spec.name))
      return absl::InvalidArgumentError(absl::StrCat(spec.name, ": only with --all or --interactive"));
  }
  if (choice.filter.regions.size() < 2) return absl::OkStatus();
  return absl::InvalidArgumentError("--region: several only with --all or --interactive");
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

AckOptions WithEndpoint(AckOptions options, const ClusterChoice& choice, const Cluster& cluster) {
  if (choice.any_endpoint)
    options.private_endpoint = cluster.public_endpoint.empty() && !cluster.private_endpoint.empty();
  return options;
}

absl::StatusOr<std::vector<Cluster>> ListClusters(const AckOptions& options, AckSession& service) {
  return Describe({By::kAll, ""}, options, service);
}

ChosenClusters ChooseAmong(std::vector<Cluster> listed, const ClusterChoice& choice,
                           const AckOptions& options) {
  const auto is_left = [&](const Cluster& cluster) { return !Takes(choice.filter, cluster); };
  listed.erase(std::remove_if(listed.begin(), listed.end(), is_left), listed.end());
  return WithoutUnusable(std::move(listed), choice, options);
}

absl::StatusOr<ClusterChoice> ParseClusterChoice(const ParsedFlags& flags) {
  std::vector<ClusterChoice> choices;
  for (const std::string& operand : flags.operands())
    choices.push_back({LooksLikeClusterId(operand) ? By::kId : By::kName, operand});
  if (flags.Has(kClusterIdFlag.name))
    choices.push_back({By::kId, std::string(flags.Get(kClusterIdFlag.name))});
  if (flags.Has(kName)) choices.push_back({By::kName, std::string(flags.Get(kName))});
  if (flags.Has(kAll)) choices.push_back({By::kAll, ""});
  if (flags.Has(kInteractive)) choices.push_back({By::kAsking, ""});
  if (choices.size() != 1) {
    return absl::InvalidArgumentError(
        "exactly one of NAME-OR-ID, --cluster-id, --name, --all and --interactive is needed");
  }
  ClusterChoice& choice = choices.front();
  absl::StatusOr<FleetFilter> filter = ParseFleetFilter(flags);
  if (!filter.ok()) return filter.status();
  choice.filter = *std::move(filter);
  choice.any_endpoint = flags.Get(kEndpointTypeFlag) == kAutoEndpoint;
  absl::Status fits = CheckFilter(choice, flags);
  if (!fits.ok()) return fits;
  return choice;
}

absl::StatusOr<ChosenClusters> ChooseClusters(const ClusterChoice& choice, const AckOptions& options,
                                              bool details, AckSession& service,
                                              const Environment& environment) {
  if (choice.by == By::kAsking && !CanAsk(environment)) {
    return WithHint(absl::FailedPreconditionError("--interactive: there is no terminal to ask at"),
                    "choose with --cluster-id, --name or --all");
  }
  if (choice.by == By::kId && !details && !choice.any_endpoint) {
    Cluster cluster;
    cluster.id = choice.value;
    return ChosenClusters{{cluster}, {}};
  }
  absl::StatusOr<std::vector<Cluster>> clusters = Describe(choice, options, service);
  if (!clusters.ok()) return clusters.status();
  const bool one = choice.by == By::kId || choice.by == By::kName;
  if (one && clusters->empty()) return NoSuchCluster(choice, options, service);
  if (one) return OnlyOne(*std::move(clusters), choice, options);
  ChosenClusters chosen = ChooseAmong(*std::move(clusters), choice, options);
  return choice.by == By::kAll ? chosen : AskWhich(std::move(chosen), environment);
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

std::vector<size_t> ClustersWith(absl::string_view text, absl::Span<const Cluster> clusters) {
  const std::string wanted = absl::AsciiStrToLower(absl::StripAsciiWhitespace(text));
  std::vector<size_t> found;
  for (size_t i = 0; i < clusters.size(); ++i) {
    const std::string line = absl::StrCat(clusters[i].name, " ", clusters[i].id, " ", clusters[i].region);
    if (absl::StrContains(absl::AsciiStrToLower(line), wanted)) found.push_back(i);
  }
  return found;
}

std::string TitleOf(const Cluster& cluster) {
  return cluster.name.empty() ? cluster.id : absl::StrCat(cluster.name, " (", cluster.id, ")");
}

}  // namespace kubeconfig_writer
