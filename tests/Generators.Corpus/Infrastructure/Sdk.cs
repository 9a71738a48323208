using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>The SDK that runs this process: its compiler and its reference assemblies.</summary>
internal static class Sdk
{
    private static readonly string Root =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Gets the reference assemblies that a project for net10.0 is compiled against.</summary>
    public static IEnumerable<string> References => Directory.EnumerateFiles(
        Path.Combine(Newest(Path.Combine(Root, "packs", "Microsoft.NETCore.App.Ref"), "10."), "ref", "net10.0"), "*.dll");

    /// <summary>Gets the folder of its version.</summary>
    public static string Folder => Newest(Path.Combine(Root, "sdk"), "10.");

    /// <summary>Gets the analyzer for trimming, which comes in a package; null where nothing was trimmed yet.</summary>
    public static string? TrimAnalyzer
    {
        get
        {
            var package = Path.Combine(
                Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
                "microsoft.net.illink.tasks");
            return Directory.Exists(package)
                ? Path.Combine(Newest(package, "10."), "analyzers", "dotnet", "cs", "ILLink.RoslynAnalyzer.dll")
                : null;
        }
    }

    // Before anything asks for the compiler: the tests are compiled against the oldest one that we promise, and run with the SDK's.
    [ModuleInitializer]
    internal static void UseItsCompiler()
    {
        var compiler = Path.Combine(Folder, "Roslyn", "bincore");
        AssemblyLoadContext.Default.Resolving += (context, name) => Load(context, name, compiler);
    }

    private static Assembly? Load(AssemblyLoadContext context, AssemblyName name, string compiler) =>
        name.Name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp"
            ? context.LoadFromAssemblyPath(Path.Combine(compiler, name.Name + ".dll"))
            : null;

    private static string Newest(string folder, string prefix) => Directory.EnumerateDirectories(folder, prefix + "*")
        .MaxBy(static path => Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version) ? version : new Version(0, 0))
        ?? throw new DirectoryNotFoundException($"{folder} holds no {prefix}x.");
}
