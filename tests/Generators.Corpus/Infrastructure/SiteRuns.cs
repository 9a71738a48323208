using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.Text;
using Weir.Corpus;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>What became, in a run, of the stages that a call made: found by where the PDB says that their functions are written.</summary>
/// <param name="images">The assemblies.</param>
/// <param name="run">A run.</param>
internal sealed class SiteRuns(IEnumerable<Image> images, Performance run)
{
    private readonly (string File, LinePosition At, bool IsCompiled)[] _functions = [.. images.SelectMany(image => Of(image, run))];

    /// <summary>Whether loops ran all stages that the call made; null if none is known of.</summary>
    public bool? IsCompiled(CallSite site)
    {
        var tree = site.Syntax.SyntaxTree;
        var made = _functions
            .Where(function => function.File == tree.FilePath)
            .Where(function => site.Functions.Any(span => Contains(tree.GetLineSpan(span).Span, function.At)))
            .ToArray();
        return made.Length == 0 ? null : made.All(static function => function.IsCompiled);
    }

    private static bool Contains(LinePositionSpan span, LinePosition at) => span.Start <= at && at < span.End;

    private static IEnumerable<(string File, LinePosition At, bool IsCompiled)> Of(Image image, Performance run)
    {
        using var assembly = new PEReader(new MemoryStream(image.Assembly));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(image.Symbols));
        var metadata = assembly.GetMetadataReader();
        var module = metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        var reader = symbols.GetMetadataReader();
        foreach (var function in run.Functions.Where(function => function.Module == module))
        {
            var method = (MethodDefinitionHandle)MetadataTokens.Handle(function.Method);
            var points = reader.GetMethodDebugInformation(method).GetSequencePoints();
            foreach (var point in points.Where(static point => !point.IsHidden).Take(1))
            {
                var file = reader.GetString(reader.GetDocument(point.Document).Name);
                yield return (file, new LinePosition(point.StartLine - 1, point.StartColumn - 1), function.IsCompiled);
            }
        }
    }
}
