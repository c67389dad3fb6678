// One test case in one file: what goes in and what must come out, each in a section of its own.
//
//   -- args --
//   kubeconfig_writer
//   list
//   -- home/.kube/token (no newline at its end) --
//   abc
//   -- status --
//   0
//
// A line "-- NAME --" begins a section. What follows, to the next such line, is its text to the byte; the
// newline before that line belongs to the text unless the section says otherwise. A section without lines is
// an empty text.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_CASE_FILE_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_CASE_FILE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

struct CaseSection {
  std::string name;  // "home/": a section for each file of a folder, such as "home/.kube/config"
  bool required = false;
};

// The sections that a kind of case may have, in their order; the files of a folder are in the order of their
// paths.
using CaseForm = std::vector<CaseSection>;

class CaseFile {
 public:
  // InvalidArgument for a file that is not called NAME.case, and as Parse.
  static absl::StatusOr<CaseFile> Read(const std::string& path, const CaseForm& form);
  // InvalidArgument, naming the section, for one that the form does not have, that is there twice, that is
  // required and missing; for sections in another order, and for text outside of all sections.
  static absl::StatusOr<CaseFile> Parse(absl::string_view text, const CaseForm& form);

  // The text of a section; "" when the case does not have it.
  std::string Text(const std::string& name) const;
  // The files of the folder `name` ("home/"): their texts by their paths below it.
  std::map<std::string, std::string> Files(const std::string& name) const;
  // Sets the text of a section, or removes the section when `text` is empty.
  void SetText(const std::string& name, const std::string& text);

  // The text of the file: what was parsed comes out the same.
  std::string Format(const CaseForm& form) const;

 private:
  std::map<std::string, std::string> sections_;
};

std::vector<std::string> Lines(absl::string_view text);

// The names that are in a case for what differs from run to run, and their values in this run.
using CaseValues = std::vector<std::pair<std::string, std::string>>;

// Puts the values where the names are.
std::string Fill(absl::string_view text, const CaseValues& values);
// Puts the names where the values are.
std::string Abstract(absl::string_view text, const CaseValues& values);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_CASE_FILE_H_
