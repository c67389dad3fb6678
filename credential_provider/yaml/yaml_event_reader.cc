#include "credential_provider/yaml/yaml_event_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace credential_provider {

YamlEventReader::YamlEventReader(absl::string_view text) : text_(text) {
  ok_ = yaml_parser_initialize(&parser_) != 0;
  if (!ok_) return;
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

YamlEventReader::~YamlEventReader() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

absl::Status YamlEventReader::Next() {
  if (!ok_) return absl::ResourceExhaustedError("no memory for a YAML parser");
  yaml_event_delete(&event_);
  if (yaml_parser_parse(&parser_, &event_) != 0) return absl::OkStatus();
  const bool reading = parser_.error == YAML_READER_ERROR;
  const size_t line = reading ? LineOfByte(text_, parser_.problem_offset) : parser_.problem_mark.line + 1;
  return YamlErrorAt(line, parser_.problem == nullptr ? "not YAML" : parser_.problem);
}

size_t LineOfByte(absl::string_view text, size_t offset) {
  const auto end = text.begin() + static_cast<ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<size_t>(std::count(text.begin(), end, '\n'));
}

absl::Status YamlErrorAt(size_t line, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat("line ", line, ": ", reason));
}

}  // namespace credential_provider
