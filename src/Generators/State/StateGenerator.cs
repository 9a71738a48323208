using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.State;

/// <summary>
/// Writes what the project stores, for <c>dotnet build -t:WeirAcceptState</c> to take as the new baseline. Does nothing in any other build.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class StateGenerator : IIncrementalGenerator
{
    /// <summary>The property of the build that asks for it.</summary>
    internal const string Property = "build_property.WeirAcceptsState";

    /// <summary>The file: a comment that holds the baseline.</summary>
    internal const string File = "weir.state.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var isAsked = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue(Property, out var value) && value == "true");

        // The compilation is looked at in that one build alone.
        context.RegisterImplementationSourceOutput(isAsked.Combine(context.CompilationProvider), static (output, asked) =>
        {
            if (asked.Left)
            {
                var text = StateFileText.Of(StateReader.Read(asked.Right, output.CancellationToken));
                output.AddSource(File, SourceText.From($"/*\n{text}*/\n", Encoding.UTF8));
            }
        });
    }
}
