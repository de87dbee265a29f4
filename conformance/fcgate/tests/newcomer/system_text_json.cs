// The part of System.Text.Json that the template uses, for Mono, which does not have it. It needs the assembly
// System.Web.Extensions (Debian: libmono-system-web-extensions4.0-cil).
using System;
using System.Collections;
using System.Collections.Generic;
using System.Web.Script.Serialization;

namespace System.Text.Json
{
    public struct JsonElement
    {
        readonly object value;
        public JsonElement(object value) { this.value = value; }
        public JsonElement GetProperty(string name) { return new JsonElement(((IDictionary<string, object>)value)[name]); }
        public JsonElement this[int index] { get { return new JsonElement(((IList)value)[index]); } }
        public IEnumerable<JsonElement> EnumerateArray() { foreach (var one in (IEnumerable)value) yield return new JsonElement(one); }
        public string GetString() { return (string)value; }
        public int GetInt32() { return (int)value; }
        public byte[] GetBytesFromBase64() { return Convert.FromBase64String((string)value); }
    }

    public sealed class JsonDocument : IDisposable
    {
        public JsonElement RootElement { get; private set; }
        public static JsonDocument Parse(string text)
        {
            return new JsonDocument { RootElement = new JsonElement(JsonSerializer.Json().DeserializeObject(text)) };
        }
        public static JsonDocument Parse(byte[] text) { return Parse(Encoding.UTF8.GetString(text)); }
        public void Dispose() { }
    }

    public static class JsonSerializer
    {
        internal static JavaScriptSerializer Json() { return new JavaScriptSerializer { MaxJsonLength = int.MaxValue }; }
        public static string Serialize(object value) { return Json().Serialize(value); }
    }
}
