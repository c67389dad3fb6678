// The metadata service of an ECS instance, and a credentials URI.
#ifndef TESTS_SANDBOX_METADATA_SERVICE_H_
#define TESTS_SANDBOX_METADATA_SERVICE_H_

#include <set>
#include <string>

#include "tests/sandbox/http_message.h"
#include "tests/sandbox/world.h"

namespace sandbox {

class MetadataService {
 public:
  // `world` must outlive this object.
  explicit MetadataService(World& world) : world_(world) {}

  // Returns the name under which a request for `path` is counted, or "" when it is not for this service.
  static std::string ActionFor(const std::string& path);

  HttpReply Handle(const HttpRequest& request);

 private:
  HttpReply IssueToken(const HttpRequest& request);
  // Of the role with this name; 404 when there is none.
  HttpReply Credentials(const std::string& name);

  World& world_;
  std::set<std::string> tokens_;
};

}  // namespace sandbox

#endif  // TESTS_SANDBOX_METADATA_SERVICE_H_
