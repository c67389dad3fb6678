// Reads the fields of a JSON object and remembers the first thing that was wrong, so that a parser is as
// short as its format.
#ifndef CREDENTIAL_PROVIDER_TEXT_JSON_READER_H_
#define CREDENTIAL_PROVIDER_TEXT_JSON_READER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

class JsonReader {
 public:
  // Parses `text`, which must be one JSON object. `subject` names it in errors ("metadata reply").
  JsonReader(absl::string_view text, absl::string_view subject);

  // Returns a reader for `object`, which was parsed before: a part of a larger document. `subject` may be "",
  // when who reports the errors names it.
  static JsonReader Of(const nlohmann::json& object, absl::string_view subject);

  // Returns the string at `field`. Missing, null or of another type is an error and gives "".
  std::string String(absl::string_view field);

  // Returns the string at `field`; missing or null gives "", another type is an error.
  std::string OptionalString(absl::string_view field);

  // Returns the string at `field`. Missing, null, empty or of another type is an error and gives "".
  std::string NonEmptyString(absl::string_view field);

  // Returns the RFC 3339 time at `field`. Missing or unreadable is an error and gives InfinitePast.
  absl::Time Time(absl::string_view field);

  // Returns the integer, or the truth value, at `field`; missing or null gives 0 or false, another type is an
  // error.
  int64_t OptionalInteger(absl::string_view field);
  bool OptionalBool(absl::string_view field);

  // Returns a reader for the object at `field`, which shares nothing with this one. Missing or of another
  // type is an error of both.
  JsonReader Object(absl::string_view field);

  // Returns what errors call `field`: "metadata reply: field \"Code\"".
  std::string Place(absl::string_view field) const;

  // Returns the first error, or OK. Errors name the subject and the field, never a value.
  const absl::Status& status() const { return status_; }

  // The parsed object, or an empty one after an error; for what the calls above do not cover.
  const nlohmann::json& json() const { return json_; }

 private:
  JsonReader(nlohmann::json json, std::string subject, absl::Status status);

  const nlohmann::json* Find(absl::string_view field) const;
  void Fail(absl::string_view field, absl::string_view what);

  nlohmann::json json_;
  std::string subject_;
  absl::Status status_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_JSON_READER_H_
