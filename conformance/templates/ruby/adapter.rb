# The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.
#
# Implement the operations with calls to your SDK, one after another, and add each one to CAPS.
# Write logs with warn, not with puts. Do not log the text of exceptions: it may contain a key.
# All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
require "json"

SDK = { name: "my-sdk", version: "0.1.0", language: "ruby" }.freeze
CAPS = [].freeze # start with "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
LACKS = [].freeze # the parts that the SDK does not offer, for example "outcome.success-status"
REVISIONS = ["2021-04-06"].freeze # and "2016-08-15", "2023-03-30"

# The operation is not implemented yet.
class NotImplemented < StandardError; end

# Raise this if the SDK refuses its input before it signs or sends anything.
class Refused < StandardError; end

# Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds.
def sign(given)
  # { headers: [["Date", date], ["Authorization", authorization]], stages: { string_to_sign: text } }
  raise NotImplemented
end

# Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent.
def build(given)
  # { method: "POST", url: url, headers: [[name, value]], body_b64: [body].pack("m0") }
  raise NotImplemented
end

# Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller.
def parse(given)
  # { outcome: { kind: "completed", status: 200, payload_b64: [body].pack("m0"), request_id: id } }
  raise NotImplemented
end

# Like build, but sends the request to given["endpoint"] and returns the outcome like parse.
def invoke(given)
  raise NotImplemented
end

def answer(command, given)
  case command
  when "hello" then { ok: { p: 1, sdk: SDK, caps: CAPS, lacks: LACKS, revisions: REVISIONS } }
  when "sign" then { ok: sign(given) }
  when "build" then { ok: build(given) }
  when "parse" then { ok: parse(given) }
  when "invoke" then { ok: invoke(given) }
  else { unsupported: { cap: command } }
  end
rescue NotImplemented
  { unsupported: { cap: command } }
rescue Refused
  { err: { class: "input", message: "refused" } }
rescue StandardError => error
  { err: { class: "internal", message: error.class.name } }
end

$stdin.set_encoding(Encoding::UTF_8)
$stdout.sync = true
$stdin.each_line do |line|
  request = JSON.parse(line)
  break if request["cmd"] == "bye"

  $stdout.write("#{JSON.generate({ seq: request["seq"], **answer(request["cmd"], request["in"]) })}\n")
end
