#include "hub/http/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <semaphore>
#include <stdexcept>

#include "hub/http/access.hpp"

namespace orderhub::http {

namespace {

constexpr std::size_t kFewestCharacters = 12;
constexpr std::size_t kMostBytes = 200;
constexpr unsigned long long kOperations = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t kMemory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

/// Each hash takes 64 MiB for its time: a burst of sign-ins must not take the memory of the hub.
class Turn {
public:
    Turn() { free_.acquire(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { free_.release(); }

private:
    static inline std::counting_semaphore<2> free_{2};
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Result<void> check_password(std::string_view password) {
    if (characters(password) < kFewestCharacters || password.size() > kMostBytes)
        return fail(ErrorKind::Invalid, "bad_password",
                    "A password has at least 12 characters and at most 200 bytes.", "/password");
    return {};
}

std::string hash_password(std::string_view password) {
    start_sodium();
    const Turn turn;
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(), kOperations, kMemory) != 0)
        throw std::runtime_error("there is not enough memory to hash a password");
    return text.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
    start_sodium();
    static const std::string nobodys = hash_password("a password that nobody has");
    const std::string known(hash.empty() ? std::string_view(nobodys) : hash);
    const Turn turn;
    const bool fits =
        crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
    return fits && !hash.empty();
}

}  // namespace orderhub::http
