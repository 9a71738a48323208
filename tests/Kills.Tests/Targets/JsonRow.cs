using System.Text.Json;

namespace Weir.Kills.Tests.Targets;

/// <summary>A row of the victim's as JSON.</summary>
internal static class JsonRow
{
    /// <summary>The row as text that is compared.</summary>
    public static string Of(string json)
    {
        using var row = JsonDocument.Parse(json);
        var members = row.RootElement.EnumerateObject().ToDictionary(
            member => member.Name, member => member.Value.Clone(), StringComparer.OrdinalIgnoreCase);
        return ExpectedRows.Text(
            members["kind"].GetString()!, members["name"].GetString()!, members["at"].GetInt64(), members["number"].GetInt64(),
            members["total"].GetInt64());
    }
}
