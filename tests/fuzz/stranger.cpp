// What comes from a connector that nobody trusts yet: the bytes of its library, its signature, and
// the frames of its process. The same input goes through all three.
#include <string>

#include "hub/connectors/frames.hpp"
#include "hub/connectors/manifest.hpp"
#include "hub/connectors/manifest_section.hpp"
#include "hub/connectors/signature.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

using namespace connectors;

void library(std::string_view input) {
    const auto found = manifest_section(input);
    require(!found || found->size() < input.size(), "a manifest is a part of its library");
    if (found) static_cast<void>(parse_manifest(*found));
}

void signature(std::string_view input) {
    const auto key = parse_public_key("RWSqI2Es4i1Rvy81vJJpK6m4kZUgZxSbS8FbtCZgzeIEh7lHVPc0pzUe");
    require(key.has_value(), "the key is one");
    const auto found = parse_signature(input);
    if (!found) return;
    require(!verify_signature(*found, "not what the corpus signs", {*key}),
            "nobody else can sign this");
}

void frames(std::string_view input) {
    FrameCutter cutter;
    std::size_t total = 0;
    for (std::size_t begin = 0; begin < input.size(); begin += 7) {
        cutter.add(input.substr(begin, 7));
        while (const auto frame = cutter.next()) {
            FieldReader fields(*frame);
            for (int i = 0; i < 4; ++i)
                total += fields.text().size();
        }
    }
    require(total <= input.size(), "no field is longer than what came");
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = orderhub::fuzz::text_of(data, size);
    orderhub::fuzz::library(input);
    orderhub::fuzz::signature(input);
    orderhub::fuzz::frames(input);
    return 0;
}
