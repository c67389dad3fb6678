// libyaml's events, one after the other, and its errors as ours.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_EVENT_READER_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_EVENT_READER_H_

#include <yaml.h>

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

class YamlEventReader {
 public:
  // `text` is UTF-8 without a byte order mark and must outlive this object.
  explicit YamlEventReader(absl::string_view text);
  ~YamlEventReader();
  YamlEventReader(const YamlEventReader&) = delete;
  YamlEventReader& operator=(const YamlEventReader&) = delete;

  // Reads the next event. InvalidArgument "line N: reason" when the text is not YAML.
  absl::Status Next();

  // The event read last, valid until the next call of Next.
  const yaml_event_t& event() const { return event_; }

 private:
  absl::string_view text_;
  yaml_parser_t parser_ = {};
  yaml_event_t event_ = {};
  bool ok_ = false;
};

// Returns the line, counted from 1, of the byte at `offset`.
size_t LineOfByte(absl::string_view text, size_t offset);

// Returns InvalidArgument "line N: reason".
absl::Status YamlErrorAt(size_t line, absl::string_view reason);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_EVENT_READER_H_
