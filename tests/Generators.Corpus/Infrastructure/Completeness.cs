using Microsoft.CodeAnalysis;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>Holds each call of a program against what was planned for it, what ran, and what is said of it.</summary>
internal static class Completeness
{
    /// <summary>The rules that say that something is not compiled.</summary>
    public static readonly string[] Rules = ["WEIR3001", "WEIR3002", "WEIR3003"];

    /// <summary>The calls that break the law, by file and line, and how.</summary>
    /// <param name="built">The program.</param>
    /// <param name="said">What is said of it.</param>
    public static async Task<IEnumerable<string>> OffendersOf(Built built, IEnumerable<Diagnostic> said)
    {
        var runs = new SiteRuns(built.Images, await built.Compiled());
        var diagnostics = said.Where(static diagnostic => Rules.Contains(diagnostic.Id)).ToArray();
        return from compilation in built.Compilations
               let plans = new SitePlans(compilation, IsWritten)
               from site in CallSite.Of(compilation, IsWritten)
               let ids = diagnostics.Where(diagnostic => IsOf(diagnostic, site)).Select(static diagnostic => diagnostic.Id).ToArray()

               // A method that another project calls, or that is called through an interface, runs interpreted there, and it is that call
               // of which it is said.
               let ran = compilation == built.Library || diagnostics.Any(site.IsCalledAt) ? null : runs.IsCompiled(site)
               let why = FaultOf(site, ids, plans, ran)
               where why is not null
               select $"{site}: {why}";
    }

    private static string? FaultOf(CallSite site, string[] ids, SitePlans plans, bool? ran)
    {
        var interpreted = ids.Count(static id => id is "WEIR3001" or "WEIR3002");
        if (interpreted > 0)
        {
            return interpreted > 1 ? $"has {interpreted} reasons" : null;
        }

        return site.IsForeign ? "its verbs are not read, and nothing is said"
            : ran == false ? "ran by its delegate, and nothing is said"
            : !plans.IsCovered(site) ? $"no loop is planned{(ran is null ? " and none was seen" : "")}, and nothing is said"
            : plans.IsDelegate(site) && !ids.Contains("WEIR3003") ? "its loop calls a delegate, and nothing is said"
            : null;
    }

    // Of a chain that no pipeline comes by it is said once, with the places of all its verbs.
    private static bool IsOf(Diagnostic diagnostic, CallSite site) =>
        site.IsAt(diagnostic.Location) || diagnostic.AdditionalLocations.Any(site.IsAt);

    private static bool IsWritten(SyntaxTree tree) => !tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);
}
