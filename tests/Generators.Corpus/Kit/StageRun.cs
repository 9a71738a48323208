using Weir.Graph;

namespace Weir.Corpus;

/// <summary>A function that a stage of a run was given, by which the call that made the stage is found.</summary>
/// <param name="Module">The module of the function.</param>
/// <param name="Method">Its metadata token there.</param>
/// <param name="IsCompiled">Whether a generated loop ran the stage.</param>
internal readonly record struct StageRun(Guid Module, int Method, bool IsCompiled)
{
    /// <summary>The functions of a stage.</summary>
    public static IEnumerable<StageRun> Of(Stage stage, bool isCompiled) => stage.GetType().GetProperties()
        .Where(static property => typeof(Delegate).IsAssignableFrom(property.PropertyType))

        // A stage behind a KeyBy has its function, too.
        .Where(property => property.Name != "Key" || stage.Verb == "KeyBy")
        .Select(property => (Delegate?)property.GetValue(stage))
        .OfType<Delegate>()
        .Select(static function => function.Method)
        .Where(static method => method.DeclaringType is not null)
        .Select(method => new StageRun(method.Module.ModuleVersionId, method.MetadataToken, isCompiled));
}
