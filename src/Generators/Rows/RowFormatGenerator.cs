using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Rows;

/// <summary>Writes the CSV and JSON formats of every type that a file source or sink of the compilation names.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RowFormatGenerator : IIncrementalGenerator
{
    internal const string ParseStep = "ParseRows";
    internal const string MergeStep = "MergeRows";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var formats = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => RowParser.MayBeRows(node),
                static (target, cancellation) =>
                    RowParser.Parse((InvocationExpressionSyntax)target.Node, target.SemanticModel, cancellation))
            .Where(static row => row is not null)
            .Select(static (row, _) => row!)
            .WithTrackingName(ParseStep)
            .Collect()
            .Select(static (rows, _) => RowSetModel.Of(rows))
            .WithTrackingName(MergeStep);

        context.RegisterSourceOutput(formats, static (output, set) =>
        {
            if (set.Csv.Count + set.Json.Count + set.Items.Count > 0)
            {
                output.AddSource("Weir.Rows.g.cs", RowSetEmitter.Emit(set).ToSourceText());
            }
        });
    }
}
