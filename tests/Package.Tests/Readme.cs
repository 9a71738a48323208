using System.Runtime.CompilerServices;

namespace Weir.Package.Tests;

/// <summary>The README as a reader sees it.</summary>
internal static class Readme
{
    public static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    /// <summary>The first C# block below the quick start's heading.</summary>
    public static string QuickStart()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "README.md"));
        var heading = text.IndexOf("## Quick start", StringComparison.Ordinal);
        Assert.True(heading >= 0, "the README has no quick start");
        var start = text.IndexOf("```csharp\n", heading, StringComparison.Ordinal) + "```csharp\n".Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
