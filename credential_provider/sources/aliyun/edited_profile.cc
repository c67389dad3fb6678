#include "credential_provider/sources/aliyun/edited_profile.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/text/json_text.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kBlanks = " \t\r\n";

// A part of the text: from `begin` up to `end`.
struct Span {
  size_t begin = 0;
  size_t end = 0;
};

struct Member {
  std::string name;
  Span key;  // with its quotes
  Span value;
};

// Walks over a text that is JSON: nothing here looks whether it is.
class Walk {
 public:
  Walk(absl::string_view text, size_t at) : text_(text), at_(at) {}

  // Steps over blanks and returns what comes then.
  char Next() {
    at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  // Steps over one character that means something.
  void Step() {
    Next();
    ++at_;
  }
  Span Value() {
    const char first = Next();
    const size_t begin = at_;
    if (first == '{' || first == '[') {
      SkipNested();
    } else if (first == '"') {
      SkipString();
    } else {
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    }
    return {begin, at_};
  }

 private:
  void SkipString() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }
  void SkipNested() {
    int depth = 0;
    do {
      const char c = text_[at_];
      if (c == '"') {
        SkipString();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    } while (depth > 0 && at_ < text_.size());
  }

  const absl::string_view text_;
  size_t at_;
};

std::vector<Span> ElementsOf(absl::string_view text, const Span& array) {
  std::vector<Span> elements;
  Walk walk(text, array.begin + 1);
  while (walk.Next() != ']') {
    elements.push_back(walk.Value());
    if (walk.Next() == ',') walk.Step();
  }
  return elements;
}

std::vector<Member> MembersOf(absl::string_view text, const Span& object) {
  std::vector<Member> members;
  Walk walk(text, object.begin + 1);
  while (walk.Next() != '}') {
    Member member;
    member.key = walk.Value();
    walk.Step();  // the colon
    member.value = walk.Value();
    member.name =
        ParseJson(text.substr(member.key.begin, member.key.end - member.key.begin)).get<std::string>();
    members.push_back(std::move(member));
    if (walk.Next() == ',') walk.Step();
  }
  return members;
}

// Of members of one name the last counts, as for every reader of this file.
const Member* Find(const std::vector<Member>& members, absl::string_view name) {
  const auto found = std::find_if(members.rbegin(), members.rend(),
                                  [name](const Member& member) { return member.name == name; });
  return found == members.rend() ? nullptr : &*found;
}

bool IsCalled(absl::string_view text, const Span& profile, absl::string_view name) {
  if (text[profile.begin] != '{') return false;
  const std::vector<Member> members = MembersOf(text, profile);
  const Member* const own = Find(members, "name");
  if (own == nullptr) return false;
  const auto value = ParseJson(text.substr(own->value.begin, own->value.end - own->value.begin));
  return value.is_string() && value.get<std::string>() == name;
}

// REQUIRES: `text` is a JSON object.
absl::optional<Span> FindProfile(absl::string_view text, absl::string_view name) {
  const std::vector<Member> all = MembersOf(text, {text.find('{'), text.size()});
  const Member* const profiles = Find(all, "profiles");
  if (profiles == nullptr || text[profiles->value.begin] != '[') return absl::nullopt;
  for (const Span& profile : ElementsOf(text, profiles->value)) {
    if (IsCalled(text, profile, name)) return profile;
  }
  return absl::nullopt;
}

std::string TextOf(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Takes out what `members` have at `index`, with the comma that parts it from the others.
void TakeOut(const std::vector<Member>& members, size_t index, std::string* text) {
  const Member& member = members[index];
  Span gone = {member.key.begin, member.value.end};
  if (index > 0) {
    gone.begin = members[index - 1].value.end;
  } else if (members.size() > 1) {
    gone.end = members[1].key.begin;
  }
  text->erase(gone.begin, gone.end - gone.begin);
}

// REQUIRES: `members` are not empty.
void Append(const std::vector<Member>& members, size_t object_begin, const std::string& name,
            const nlohmann::json& value, std::string* text) {
  const Member& last = members.back();
  const size_t gap_begin =
      members.size() > 1 ? text->find(',', members[members.size() - 2].value.end) + 1 : object_begin + 1;
  const std::string gap = text->substr(gap_begin, last.key.begin - gap_begin);
  const std::string colon = text->substr(last.key.end, last.value.begin - last.key.end);
  text->insert(last.value.end, absl::StrCat(",", gap, TextOf(name), colon, TextOf(value)));
}

// Sets one field of the object at `object_begin`.
void SetField(size_t object_begin, const std::string& name, const nlohmann::json& value, std::string* text) {
  const std::vector<Member> members = MembersOf(*text, {object_begin, text->size()});
  const Member* const found = Find(members, name);
  if (value.is_null()) {
    for (size_t i = members.size(); i-- > 0;) {
      if (members[i].name != name) continue;
      TakeOut(members, i, text);
      return SetField(object_begin, name, value, text);
    }
  } else if (found != nullptr) {
    text->replace(found->value.begin, found->value.end - found->value.begin, TextOf(value));
  } else {
    Append(members, object_begin, name, value, text);
  }
}

// What the whole file is to mean afterwards.
nlohmann::json Meant(nlohmann::json config, absl::string_view name, const ProfileFields& fields) {
  for (nlohmann::json& profile : config["profiles"]) {
    if (!profile.is_object() || !profile.contains("name") || profile["name"] != std::string(name)) continue;
    for (const auto& [field, value] : fields) {
      if (value.is_null()) profile.erase(field);
      if (!value.is_null()) profile[field] = ParseJson(TextOf(value));
    }
    break;
  }
  return config;
}

}  // namespace

absl::StatusOr<std::string> WithProfileFields(absl::string_view text, absl::string_view name,
                                              const ProfileFields& fields) {
  const nlohmann::json before = ParseJson(text);
  if (!before.is_object()) return absl::InvalidArgumentError("not a JSON object");
  const absl::optional<Span> profile = FindProfile(text, name);
  if (!profile) return absl::NotFoundError("no such profile");
  std::string edited(text);
  for (const auto& [field, value] : fields) SetField(profile->begin, field, value, &edited);
  if (ParseJson(edited) == Meant(before, name, fields)) return edited;
  return absl::InternalError("the edit would have changed more than it should");
}

}  // namespace credential_provider
