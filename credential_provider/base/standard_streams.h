// The first three descriptors.
#ifndef CREDENTIAL_PROVIDER_BASE_STANDARD_STREAMS_H_
#define CREDENTIAL_PROVIDER_BASE_STANDARD_STREAMS_H_

namespace credential_provider {

// Puts something that gives no byte and takes none instead of each standard stream that was closed by
// whoever started the program. Otherwise a file or connection that is opened later would get its number, and
// what is meant for the stream, an answer with a key in it, would go there. To be called before a library
// opens one; what this program opens itself is a FileDescriptor, which takes care of it. A hit thus pays
// nothing. Ends the process when it fails.
void OccupyClosedStreams();

// Tells whether what is written to stdout and to stderr arrives in one pipe or file, and not at a terminal.
bool StdoutIsStderr();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_STANDARD_STREAMS_H_
