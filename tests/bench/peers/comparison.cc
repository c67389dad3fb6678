#include "tests/bench/peers/comparison.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>

#include "nlohmann/json.hpp"
#include "tests/bench/measure.h"
#include "tests/bench/peers/clouds.h"
#include "tests/testing/process.h"
#include "tests/testing/runfiles.h"

namespace credential_provider {
namespace {

constexpr int kHitRounds = 40;
constexpr int kMissRounds = 40;
constexpr int kAtOnce = 20;  // also in kColumns
constexpr int kTimesAtOnce = 5;
constexpr int kDelayMs = 50;

struct Column {
  const char* title;
  double Row::*figure;
  int digits;
  bool compared = false;  // with credential_provider's own figure, as a ratio in brackets
};
constexpr Column kColumns[] = {
    {"hit, ms", &Row::hit_ms, 2, true},
    {"to an empty program", &Row::hit_to_empty, 2},
    {"hit, MiB", &Row::hit_mib, 1, true},
    {"miss, ms", &Row::miss_ms, 1, true},
    {"miss, MiB", &Row::miss_mib, 1, true},
    {"miss, requests", &Row::requests, 0},
    {"20 at once, requests", &Row::at_once_requests, 0},
    {"20 at once, ms until the last", &Row::at_once_ms, 0, true},
};

ProcessResult RunOf(const Subject& subject) {
  ProcessOptions options;
  options.env = subject.env;
  return RunProcess(subject.args, options);
}

double PeakMiB(Subject subject) {
  subject.args.insert(subject.args.begin(), Runfile("tests/bench/peers/peak_memory"));
  const ProcessResult result = RunOf(subject);
  if (result.status == 0) return std::strtod(result.out.c_str(), nullptr) / 1024;
  std::fprintf(stderr, "peers: %s failed\n", subject.name.c_str());
  std::exit(1);
}

bool IsAnswer(const ProcessResult& result) {
  const nlohmann::json answer = nlohmann::json::parse(result.out, nullptr, false);
  if (result.status != 0 || !answer.is_object() || !answer.contains("status")) return false;
  return answer["status"].contains("token") || answer["status"].contains("clientCertificateData");
}

Subject Empty() { return {"an empty program", {Runfile("tests/bench/empty")}, {}, /*counted=*/false}; }

}  // namespace

Comparison::Comparison(const std::map<std::string, Program>& programs) : programs_(programs) {
  peers_ = PeersAmong(programs_, home_.path(), sandbox_);
  for (Peer& peer : peers_) peer.miss.before = [this] { Clear(); };
}

bool Comparison::LeaveOutWhatFails() {
  const std::string ours = peers_[0].name;
  std::vector<Peer> sound;
  for (const Peer& peer : peers_) {
    const std::string problem = ProblemOf(peer);
    if (problem.empty()) {
      sound.push_back(peer);
    } else {
      std::printf("%s left out: %s\n\n", peer.name.c_str(), problem.c_str());
    }
  }
  peers_ = sound;
  return !peers_.empty() && peers_[0].name == ours;
}

void Comparison::Measure() {
  rows_.resize(peers_.size());
  MeasureHits();
  MeasureMisses();
  for (size_t i = 0; i < peers_.size(); ++i) MeasureAtOnce(peers_[i], rows_[i]);
  Clear();
}

void Comparison::PrintTable() const {
  std::printf("| | on disk |");
  for (const Column& column : kColumns) std::printf(" %s |", column.title);
  std::printf("\n| --- | --- |");
  for (size_t i = 0; i < std::size(kColumns); ++i) std::printf(" ---: |");
  std::printf("\n| an empty program | | %.2f (%.2f) | 1.00 | %.1f (%.2f) | | | | | |\n", empty_.hit_ms,
              empty_.hit_ms / rows_[0].hit_ms, empty_.hit_mib, empty_.hit_mib / rows_[0].hit_mib);
  for (size_t i = 0; i < peers_.size(); ++i) {
    std::printf("| %s | %s |", peers_[i].name.c_str(), peers_[i].on_disk.c_str());
    for (const Column& column : kColumns) {
      const double figure = rows_[i].*column.figure;
      std::printf(" %.*f", column.digits, figure);
      if (column.compared) std::printf(" (%.2f)", figure / (rows_[0].*column.figure));
      std::printf(" |");
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void Comparison::PrintNotes() const {
  for (const Peer& peer : peers_) std::printf("- %s: %s\n", peer.name.c_str(), peer.how.c_str());
  for (size_t i = 0; i < peers_.size(); ++i) {
    const bool ours = peers_[i].hit.args[0] == peers_[0].hit.args[0];
    for (const Column& column : kColumns) {
      const double figure = rows_[i].*column.figure, our_figure = rows_[0].*column.figure;
      if (!ours && figure < our_figure)
        std::printf("- **%s is ahead** in \"%s\": %.*f, not %.*f\n", peers_[i].name.c_str(), column.title,
                    column.digits, figure, column.digits, our_figure);
    }
  }
}

void Comparison::Clear() const { ClearCaches(programs_.at("credential_provider"), home_.path()); }

std::string Comparison::ProblemOf(const Peer& peer) const {
  for (const Subject* run : {&peer.miss, &peer.fill, &peer.hit}) {
    ResetClouds(sandbox_, 0);
    if (run != &peer.hit) Clear();
    const ProcessResult result = RunOf(*run);
    if (!IsAnswer(result)) return "no answer: " + result.err.substr(0, result.err.find('\n'));
    const bool asked = RequestsTo(sandbox_) > 0;
    if (run == &peer.hit && asked) return "does not find in its cache what it left there";
    if (run != &peer.hit && !asked) return "answers without asking the stand-in";
  }
  return "";
}

void Comparison::MeasureHits() {
  Clear();
  std::vector<Subject> subjects = {Empty()};
  for (const Peer& peer : peers_) {
    RunOf(peer.fill);
    subjects.push_back(peer.hit);
  }
  ResetClouds(sandbox_, 0);
  const std::vector<Figures> figures = MeasureAll(subjects, kHitRounds);
  if (RequestsTo(sandbox_) != 0) std::printf("Not every hit was one: a service was asked.\n\n");
  empty_.hit_ms = figures[0].median_ms;
  empty_.hit_mib = PeakMiB(subjects[0]);
  for (size_t i = 0; i < peers_.size(); ++i) {
    rows_[i].hit_ms = figures[i + 1].median_ms;
    rows_[i].hit_to_empty = rows_[i].hit_ms / empty_.hit_ms;
    rows_[i].hit_mib = PeakMiB(peers_[i].hit);
  }
}

void Comparison::MeasureMisses() {
  ResetClouds(sandbox_, 0);
  std::vector<Subject> subjects;
  for (const Peer& peer : peers_) subjects.push_back(peer.miss);
  const std::vector<Figures> figures = MeasureAll(subjects, kMissRounds);
  for (size_t i = 0; i < peers_.size(); ++i) {
    rows_[i].miss_ms = figures[i].median_ms;
    Clear();
    ResetClouds(sandbox_, 0);
    rows_[i].miss_mib = PeakMiB(peers_[i].miss);
    rows_[i].requests = RequestsTo(sandbox_);
  }
}

// Some runs may find what others have left by then, so the requests are those of the worst of some times.
void Comparison::MeasureAtOnce(const Peer& peer, Row& row) const {
  std::vector<double> times;
  for (int i = 0; i < kTimesAtOnce; ++i) {
    Clear();
    ResetClouds(sandbox_, kDelayMs);
    times.push_back(RunAtOnce(peer.miss, kAtOnce));
    row.at_once_requests = std::max<double>(row.at_once_requests, RequestsTo(sandbox_));
  }
  std::sort(times.begin(), times.end());
  row.at_once_ms = times[times.size() / 2];
}

}  // namespace credential_provider
