// The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.
//
// Implement the operations with calls to your SDK, one after another, and add each one to Caps.
// Write logs to Console.Error. Do not log the text of exceptions: it may contain a key.
// All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

// A JSON object of a reply; its values are texts, numbers, arrays and objects.
using Map = System.Collections.Generic.Dictionary<string, object>;

static class Adapter
{
    static readonly Map Sdk = new Map { ["name"] = "my-sdk", ["version"] = "0.1.0", ["language"] = "csharp" };
    static readonly string[] Caps = { }; // start with "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
    static readonly string[] Lacks = { }; // the parts that the SDK does not offer, for example "outcome.success-status"
    static readonly string[] Revisions = { "2021-04-06" }; // and "2016-08-15", "2023-03-30"

    /// <summary>The operation is not implemented yet. The SDK itself may throw NotImplementedException.</summary>
    class NotImplemented : Exception { }

    /// <summary>Throw this if the SDK refuses its input before it signs or sends anything.</summary>
    class Refused : Exception { }

    /// <summary>Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds.</summary>
    static Map Sign(JsonElement given)
    {
        // return new Map { ["headers"] = new[] { new[] { "Date", date }, new[] { "Authorization", authorization } } };
        throw new NotImplemented();
    }

    /// <summary>Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent.</summary>
    static Map Build(JsonElement given)
    {
        // return new Map { ["method"] = "POST", ["url"] = url, ["headers"] = headers, ["body_b64"] = Convert.ToBase64String(body) };
        throw new NotImplemented();
    }

    /// <summary>Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller.</summary>
    static Map Parse(JsonElement given)
    {
        // return new Map { ["outcome"] = new Map { ["kind"] = "completed", ["status"] = 200, ["payload_b64"] = Convert.ToBase64String(body) } };
        throw new NotImplemented();
    }

    /// <summary>Like Build, but sends the request to the endpoint and returns the outcome like Parse.</summary>
    static Map Invoke(JsonElement given)
    {
        throw new NotImplemented();
    }

    static Map Run(string command, JsonElement given)
    {
        switch (command)
        {
            case "hello": return new Map { ["p"] = 1, ["sdk"] = Sdk, ["caps"] = Caps, ["lacks"] = Lacks, ["revisions"] = Revisions };
            case "sign": return Sign(given);
            case "build": return Build(given);
            case "parse": return Parse(given);
            case "invoke": return Invoke(given);
            default: throw new NotImplemented();
        }
    }

    static void Main()
    {
        var utf8 = new UTF8Encoding(false);
        var input = new StreamReader(Console.OpenStandardInput(), utf8);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true, NewLine = "\n" };
        string line;
        while ((line = input.ReadLine()) != null)
        {
            using (var document = JsonDocument.Parse(line))
            {
                var request = document.RootElement;
                var command = request.GetProperty("cmd").GetString();
                if (command == "bye") return;
                var reply = new Map { ["seq"] = request.GetProperty("seq").GetString() };
                try
                {
                    reply["ok"] = Run(command, request.GetProperty("in"));
                }
                catch (NotImplemented)
                {
                    reply["unsupported"] = new Map { ["cap"] = command };
                }
                catch (Refused)
                {
                    reply["err"] = new Map { ["class"] = "input", ["message"] = "refused" };
                }
                catch (Exception error)
                {
                    reply["err"] = new Map { ["class"] = "internal", ["message"] = error.GetType().Name };
                }
                output.WriteLine(JsonSerializer.Serialize(reply));
            }
        }
    }
}
