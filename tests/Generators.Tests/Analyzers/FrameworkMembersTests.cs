using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers.Determinism;
using Weir.Generators.Tests.House;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>The families of the rules against the whole framework: what looks like a clock, a draw or a culture is reported, or is on a list
/// that somebody has read.</summary>
public sealed partial class FrameworkMembersTests
{
    // Everything of these is the machine's or the process's.
    private static readonly string[] Ambient =
    [
        "System.Environment", "System.OperatingSystem", "System.AppContext", "System.GC", "System.Runtime.InteropServices.RuntimeInformation",
        "System.Diagnostics.Process", "System.Random", "System.Guid", "System.TimeProvider", "System.Diagnostics.Stopwatch",
    ];

    [Fact]
    public async Task What_looks_like_the_world_is_reported_or_is_on_the_list()
    {
        var compilation = Compile.Source("");
        var members = Types(compilation).SelectMany(Suspicious).ToArray();
        Assert.True(members.Length > 150, $"{members.Length} members");
        Snapshot.Match(await NotReported(members), "txt");
    }

    [Fact]
    public async Task What_takes_a_culture_in_another_overload_is_reported_or_is_on_the_list()
    {
        var compilation = Compile.Source("");
        var members = Types(compilation).SelectMany(LeavingCultureOut).ToArray();
        Assert.True(members.Length > 150, $"{members.Length} members");
        Snapshot.Match(await NotReported(members), "txt");
    }

    [Fact]
    public void Each_name_of_the_framework_in_the_families_is_one()
    {
        var compilation = Compile.Source("");
        var spaces = Types(compilation).Select(type => type.ContainingNamespace.ToDisplayString()).ToHashSet();
        var names = compilation.References.Select(compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>()
            .SelectMany(assembly => Of(assembly.GlobalNamespace))
            .SelectMany(type => type.GetTypeMembers().SelectMany(inner => inner.GetTypeMembers().Prepend(inner)).Prepend(type))
            .Select(FullNameOf)
            .ToHashSet();
        var unknown = Repository.Files("src/Analyzers/Determinism/Families", "*.cs")
            .SelectMany(file => FullName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct()
            .Where(name => !names.Contains(name) && !spaces.Any(space => space == name || space.StartsWith(name + ".", StringComparison.Ordinal))
                && !names.Any(known => known.StartsWith(name, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

        // Of packages, or of frameworks before this one.
        Assert.Equal(
            [
                "System.Configuration.ConfigurationManager", "System.IO.Ports.SerialPort", "System.Management",
                "System.Runtime.Caching.MemoryCache", "System.Runtime.Caching.ObjectCache", "System.Runtime.Remoting.Messaging.CallContext",
            ],
            unknown.Append("System.Management").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<INamedTypeSymbol> Types(Compilation compilation) => compilation.References
        .Select(compilation.GetAssemblyOrModuleSymbol)
        .OfType<IAssemblySymbol>()
        .Where(assembly => assembly.Name.StartsWith("System.", StringComparison.Ordinal) || assembly.Name == "Microsoft.Win32.Registry")
        .Where(assembly => !assembly.Name.StartsWith("System.Composition", StringComparison.Ordinal))
        .SelectMany(assembly => Of(assembly.GlobalNamespace))
        .Where(type => type is { DeclaredAccessibility: Accessibility.Public, IsGenericType: false, ContainingType: null, IsImplicitlyDeclared: false })
        .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal);

    private static IEnumerable<INamedTypeSymbol> Of(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Of));

    private static IEnumerable<string> Suspicious(INamedTypeSymbol type) => type.GetMembers()
        .Where(member => member.IsStatic && (Ambient.Contains(type.ToDisplayString()) || Suspect().IsMatch(member.Name)))
        .Select(member => Use(member, type))
        .OfType<string>();

    private static IEnumerable<string> LeavingCultureOut(INamedTypeSymbol type)
    {
        var methods = type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
            .ToArray();
        return methods
            .Where(method => method.Name is not ("ToInt16" or "ToInt32" or "ToInt64" or "ToByte")
                && methods.Any(other => other.Name == method.Name && other.IsStatic == method.IsStatic && NamesCulture(other)
                    && other.Parameters.Length == method.Parameters.Length + 1
                    && other.Parameters.Where(parameter => !IsCulture(parameter)).Select(parameter => parameter.Type)
                        .SequenceEqual<ITypeSymbol>(method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)))
            .Select(method => Use(method, type))
            .OfType<string>();
    }

    private static string FullNameOf(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{FullNameOf(outer)}.{type.Name}"
        : $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}";

    private static bool NamesCulture(IMethodSymbol method) => method.Parameters.Count(IsCulture) == 1;

    private static bool IsCulture(IParameterSymbol parameter) => parameter.Type.Name is "IFormatProvider" or "CultureInfo" or "StringComparison";

    private static string? Use(ISymbol member, INamedTypeSymbol type)
    {
        if (member.DeclaredAccessibility != Accessibility.Public || IsRefused(member) || IsRefused(type))
        {
            return null;
        }

        var holder = member.IsStatic ? Name(type) : type.IsRefLikeType || type.IsStatic ? null : $"default({Name(type)})!";
        return holder is null ? null : member switch
        {
            IFieldSymbol { IsConst: false } => $"{holder}.{member.Name}",
            IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public, Type.IsRefLikeType: false } =>
                $"{holder}.{member.Name}",
            IMethodSymbol { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, ReturnType: { IsRefLikeType: false } answer } method
                when method.Parameters.All(parameter => parameter is { RefKind: RefKind.None, Type.TypeKind: not TypeKind.Pointer })
                    && answer.TypeKind != TypeKind.Pointer =>
                $"{holder}.{member.Name}({string.Join(", ", method.Parameters.Select(parameter => $"default({Name(parameter.Type)})!"))})",
            _ => null,
        };
    }

    private static bool IsRefused(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name
        is "ObsoleteAttribute" or "ExperimentalAttribute" or "RequiresPreviewFeaturesAttribute");

    private static string Name(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None)
        .ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    // Each is a lambda of its own; a line of the list is what nothing is said of.
    private static async Task<string> NotReported(string[] uses)
    {
        var text = new StringBuilder("using Weir;\npublic static class P\n{\n    public static void Define(Stream<int> all)\n    {\n");
        var first = text.ToString().Count(letter => letter == '\n') + 1;
        foreach (var use in uses)
        {
            text.Append("all.Where(t => { ").Append(use.EndsWith(')') ? "" : "_ = ").Append(use).Append("; return true; });\n");
        }

        var compilation = Compile.Source(text.Append("    }\n}\n").ToString());
        var broken = compilation.GetDiagnostics().Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            .Select(LineOf).ToHashSet();
        var reported = (await compilation.WithAnalyzers([(DiagnosticAnalyzer)new DeterminismAnalyzer()]).GetAnalyzerDiagnosticsAsync())
            .Select(LineOf).ToHashSet();
        Assert.True(broken.Count < uses.Length / 10, $"{broken.Count} uses do not compile");
        Assert.True(reported.Count > uses.Length / 8, $"{reported.Count} uses are reported");
        return string.Concat(uses.Where((_, index) => !reported.Contains(first + index) && !broken.Contains(first + index))
            .Select(use => use.Replace("global::", "", StringComparison.Ordinal) + "\n"));
    }

    private static int LineOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1;

    [GeneratedRegex("^(Now|UtcNow|Today|Local|GetTimestamp|TickCount.*|NewGuid|CreateVersion7|Get(Utc|Local)Now|Current.*|GetCurrent.*|Shared|"
        + "GetRandom.*|Machine.*|Host.*|GetHostName|IsHardwareAccelerated|GetTemp.*|Installed.*|DefaultThreadCurrent.*)$")]
    private static partial Regex Suspect();

    [GeneratedRegex("\"(System\\.[A-Za-z.]+)\"")]
    private static partial Regex FullName();
}
