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

    // Before anything asks for the compiler: the tests are compiled against the oldest one that we promise, and run with the SDK's.
    [ModuleInitializer]
    internal static void UseItsCompiler()
    {
        var compiler = Path.Combine(Newest(Path.Combine(Root, "sdk"), "10."), "Roslyn", "bincore");
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
