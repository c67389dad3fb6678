#include "tests/testing/case_file.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kBegin = "-- ";
constexpr absl::string_view kEnd = " --";
constexpr absl::string_view kNoNewline = " (no newline at its end)";

bool IsFolder(const CaseSection& section) { return absl::EndsWith(section.name, "/"); }

bool Has(const CaseForm& form, absl::string_view name) {
  return std::any_of(form.begin(), form.end(), [name](const CaseSection& section) {
    return IsFolder(section) ? absl::StartsWith(name, section.name) && name != section.name
                             : name == section.name;
  });
}

// Puts NAME of the line "-- NAME --" into `name`; false when it is another line.
bool ConsumeMarker(absl::string_view line, absl::string_view* name) {
  *name = line;
  return absl::ConsumePrefix(name, kBegin) && absl::ConsumeSuffix(name, kEnd);
}

struct TitledText {
  absl::string_view title;
  std::string text;
};

absl::StatusOr<std::vector<TitledText>> Cut(absl::string_view text) {
  if (!absl::ConsumeSuffix(&text, "\n"))
    return absl::InvalidArgumentError("no newline at the end of the file");
  std::vector<TitledText> parts;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::string_view title;
    if (ConsumeMarker(line, &title)) {
      parts.push_back({title, ""});
    } else if (parts.empty()) {
      return absl::InvalidArgumentError("text before the first section");
    } else {
      absl::StrAppend(&parts.back().text, line, "\n");
    }
  }
  return parts;
}

absl::Status Add(const TitledText& part, const CaseForm& form, std::map<std::string, std::string>* sections) {
  absl::string_view name = part.title;
  absl::string_view text = part.text;
  const bool is_cut = absl::ConsumeSuffix(&name, kNoNewline);
  if (is_cut) absl::ConsumeSuffix(&text, "\n");
  if (is_cut && (text.empty() || absl::EndsWith(text, "\n")))
    return absl::InvalidArgumentError(absl::StrCat("section without a last line: ", part.title));
  if (!Has(form, name)) return absl::InvalidArgumentError(absl::StrCat("unknown section: ", part.title));
  if (!sections->emplace(name, text).second)
    return absl::InvalidArgumentError(absl::StrCat("section twice: ", part.title));
  return absl::OkStatus();
}

absl::Status CheckRequired(const std::map<std::string, std::string>& sections, const CaseForm& form) {
  for (const CaseSection& section : form) {
    if (section.required && sections.count(section.name) == 0)
      return absl::InvalidArgumentError(absl::StrCat("missing section: ", section.name));
  }
  return absl::OkStatus();
}

std::string NamesIn(const CaseForm& form) {
  return absl::StrJoin(form, ", ",
                       [](std::string* out, const CaseSection& section) { *out += section.name; });
}

void Append(const std::string& name, const std::string& text, std::string* out) {
  const bool whole = text.empty() || absl::EndsWith(text, "\n");
  absl::StrAppend(out, kBegin, name, whole ? "" : kNoNewline, kEnd, "\n", text, whole ? "" : "\n");
}

}  // namespace

absl::StatusOr<CaseFile> CaseFile::Read(const std::string& path, const CaseForm& form) {
  if (!absl::EndsWith(path, ".case")) return absl::InvalidArgumentError("not the file of a case: NAME.case");
  return Parse(Slurp(path), form);
}

absl::StatusOr<CaseFile> CaseFile::Parse(absl::string_view text, const CaseForm& form) {
  const absl::StatusOr<std::vector<TitledText>> parts = Cut(text);
  if (!parts.ok()) return parts.status();
  CaseFile result;
  for (const TitledText& part : *parts) {
    absl::Status added = Add(part, form, &result.sections_);
    if (!added.ok()) return added;
  }
  absl::Status complete = CheckRequired(result.sections_, form);
  if (!complete.ok()) return complete;
  if (result.Format(form) != text)
    return absl::InvalidArgumentError("sections out of order: " + NamesIn(form));
  return result;
}

std::string CaseFile::Text(const std::string& name) const {
  const auto found = sections_.find(name);
  return found == sections_.end() ? "" : found->second;
}

std::map<std::string, std::string> CaseFile::Files(const std::string& name) const {
  std::map<std::string, std::string> files;
  for (const auto& [section, text] : sections_) {
    if (absl::StartsWith(section, name)) files[section.substr(name.size())] = text;
  }
  return files;
}

void CaseFile::SetText(const std::string& name, const std::string& text) {
  sections_.erase(name);
  if (!text.empty()) sections_[name] = text;
}

std::string CaseFile::Format(const CaseForm& form) const {
  std::string out;
  for (const CaseSection& section : form) {
    for (const auto& [name, text] : sections_) {
      if (Has({section}, name)) Append(name, text, &out);
    }
  }
  return out;
}

std::vector<std::string> Lines(absl::string_view text) {
  if (text.empty()) return {};
  absl::ConsumeSuffix(&text, "\n");
  return absl::StrSplit(text, '\n');
}

std::string Fill(absl::string_view text, const CaseValues& values) {
  return absl::StrReplaceAll(text, values);
}

std::string Abstract(absl::string_view text, const CaseValues& values) {
  CaseValues names;
  for (const auto& [name, value] : values) names.emplace_back(value, name);
  return absl::StrReplaceAll(text, names);
}

}  // namespace credential_provider
