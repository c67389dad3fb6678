// The shapes in testdata/audit, whose README says how they are written.
#ifndef CREDENTIAL_PROVIDER_TESTS_END_TO_END_AUDIT_SHAPE_H_
#define CREDENTIAL_PROVIDER_TESTS_END_TO_END_AUDIT_SHAPE_H_

#include <map>
#include <string>
#include <vector>

namespace credential_provider {

struct AuditShape {
  std::string place;                         // "exec.args"
  std::string writer;                        // which tool or person writes it
  std::string kubeconfig;                    // with placeholders
  std::map<std::string, std::string> files;  // beside it, by their paths
};

// Returns the shapes in all files of the folder `path`.
std::vector<AuditShape> ReadAuditShapes(const std::string& path);

// A shape with values for its placeholders.
struct FilledShape {
  std::map<std::string, std::string> files;  // "config" is the kubeconfig
  std::vector<std::string> values;           // what was filled in
};

// Makes up values, always the same for one shape.
FilledShape FillShape(const AuditShape& shape);

// The same as it is put into a report: REDACTED for every value.
FilledShape RedactShape(const AuditShape& shape);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_END_TO_END_AUDIT_SHAPE_H_
