using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// The references that a project gives an <c>extern alias</c>: <c>global::</c> does not lead to their types, so generated code cannot name
/// them.
/// </summary>
internal static class AliasedAssemblies
{
    private const string Global = "global";

    // By symbol, weakly: whoever asks has a type at hand, and no compilation.
    private static readonly ConditionalWeakTable<IAssemblySymbol, object> Known = new();

    /// <summary>Takes note of a project's references, before its types are asked about.</summary>
    public static void Note(Compilation compilation)
    {
        foreach (var reference in compilation.References)
        {
            var aliases = reference.Properties.Aliases;
            if (!aliases.IsDefaultOrEmpty && !aliases.Contains(Global)
                && compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly)
            {
                Known.GetValue(assembly, static _ => new object());
            }
        }
    }

    /// <summary>Whether a symbol is of such a reference.</summary>
    public static bool Contain(ISymbol symbol) => symbol.ContainingAssembly is { } assembly && Known.TryGetValue(assembly, out _);
}
