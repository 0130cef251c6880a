#include "hub/routing/polled_records.hpp"

#include <openssl/evp.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace orderhub::routing {

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        hex += "0123456789abcdef"[bytes[i] >> 4];
        hex += "0123456789abcdef"[bytes[i] & 0xf];
    }
    return hex;
}

std::string state_digest(const Record& record) {
    boost::system::error_code failed;
    boost::json::value value = boost::json::parse(record.json, failed);
    if (!failed && value.is_object())
        if (auto* source = value.get_object().if_contains("source"); source && source->is_object())
            source->get_object().erase("observed_at");
    return sha256_hex(failed ? record.json : boost::json::serialize(value));
}

void remember_state(Queue& queue, const std::string& connector, const Record& record) {
    queue.set_record_digest(connector, record.kind, record.external_id, state_digest(record));
}

AcceptedRecords accept_records(Queue& queue, const std::string& connector,
                               const std::vector<Record>& records, Instant now, Instant due) {
    AcceptedRecords counts;
    for (const auto& record : records) {
        const std::string digest = state_digest(record);
        if (queue.record_digest(connector, record.kind, record.external_id) == digest) {
            ++counts.skipped;
            continue;
        }
        InboxMessage message;
        message.connector = connector;
        message.message_id = record.kind + ":" + record.external_id + ":" + sha256_hex(record.json);
        message.record_kind = record.kind;
        message.headers = "{}";
        message.content_type = "application/json";
        message.body = record.json;
        message.received_at = now;
        message.next_at = due != 0 ? due : now;
        queue.accept(message);
        queue.set_record_digest(connector, record.kind, record.external_id, digest);
        ++counts.queued;
    }
    return counts;
}

}  // namespace orderhub::routing
